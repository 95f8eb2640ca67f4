import { createHash } from "node:crypto";
import { solve } from "./proof";
import { hex, sha256 } from "./sha256";

const expected = (text: string) => createHash("sha256").update(text).digest("hex");

test("the digest is the one of the standard, at every length around a block", () => {
  for (let length = 0; length < 200; length++) {
    const text = "greenroom-".repeat(20).slice(0, length);
    expect(hex(sha256(text))).toBe(expected(text));
  }
});

test("what is found has the zero bits that were asked for", async () => {
  const nonce = await solve("a-challenge", "0b1e6c1e-0000-4000-8000-000000000000", 12);
  const seed = expected("a-challenge.0b1e6c1e-0000-4000-8000-000000000000").slice(0, 32);
  expect(parseInt(expected(`${seed}.${nonce}`).slice(0, 3), 16)).toBe(0);
});
