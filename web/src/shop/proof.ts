/** The small work that the shop asks of an address which holds often. Pure but for the clock that lets the page breathe. */
import { hex, sha256 } from "./sha256";

const SLICE = 4096;

/** A nonce for which SHA-256 of `<seed>.<nonce>` begins with `bits` zero bits; bits at most 32. */
export async function solve(challenge: string, hold: string, bits: number): Promise<string> {
  const seed = hex(sha256(`${challenge}.${hold}`)).slice(0, 32);
  for (let count = 0; ; count++) {
    const nonce = count.toString(36);
    if (Math.clz32(sha256(`${seed}.${nonce}`)[0]!) >= bits) return nonce;
    if (count % SLICE === SLICE - 1) await new Promise((next) => setTimeout(next));
  }
}
