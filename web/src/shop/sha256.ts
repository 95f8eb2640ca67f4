/** SHA-256 of one short ASCII text, synchronously: the browser's own is asynchronous and absent without https. FIPS 180-4. */

const K = new Int32Array(64);
const START = new Uint32Array(8);

/** The first 32 bits of the fraction of a root. */
const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32);

for (let candidate = 2, found = 0; found < 64; candidate++) {
  let prime = true;
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false;
  if (!prime) continue;
  if (found < 8) START[found] = fraction(Math.sqrt(candidate));
  K[found++] = fraction(Math.cbrt(candidate));
}

const schedule = new Int32Array(64);
const rotated = (word: number, by: number) => (word >>> by) | (word << (32 - by));

// Whole numbers of 32 bits at every step: that is what makes it fast.
function compress(state: Uint32Array): void {
  const w = schedule;
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15]!;
    const y = w[t - 2]!;
    const low = rotated(x, 7) ^ rotated(x, 18) ^ (x >>> 3);
    const high = rotated(y, 17) ^ rotated(y, 19) ^ (y >>> 10);
    w[t] = (((w[t - 16]! + low) | 0) + ((w[t - 7]! + high) | 0)) | 0;
  }
  let a = state[0]! | 0;
  let b = state[1]! | 0;
  let c = state[2]! | 0;
  let d = state[3]! | 0;
  let e = state[4]! | 0;
  let f = state[5]! | 0;
  let g = state[6]! | 0;
  let h = state[7]! | 0;
  for (let t = 0; t < 64; t++) {
    const high = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const one = (((h + high) | 0) + ((((e & f) ^ (~e & g)) + ((K[t]! + w[t]!) | 0)) | 0)) | 0;
    const two = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/** The eight words of the digest. */
export function sha256(text: string): Uint32Array {
  const state = START.slice();
  const length = text.length;
  const blocks = Math.floor((length + 8) / 64) + 1;
  for (let block = 0; block < blocks; block++) {
    schedule.fill(0, 0, 16);
    for (let at = block * 64; at < Math.min(length + 1, block * 64 + 64); at++)
      schedule[(at >> 2) & 15]! |= (at === length ? 0x80 : text.charCodeAt(at)) << (24 - (at & 3) * 8);
    if (block === blocks - 1) schedule[15] = length * 8;
    compress(state);
  }
  return state;
}

export const hex = (words: Uint32Array) => Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");
