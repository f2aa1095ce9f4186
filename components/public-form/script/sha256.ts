/** The constants of SHA-256 (FIPS 180-4): the first bits of the roots of the first primes. */
const PRIMES = listPrimes(64);
const ROUNDS = PRIMES.map((prime) => toFraction(prime ** (1 / 3)));
const START = PRIMES.slice(0, 8).map((prime) => toFraction(prime ** (1 / 2)));

/**
 * SHA-256 in hex, of ASCII. Browsers have their own only on https, and each of its calls waits for its turn, which takes
 * longer than the sum itself.
 */
export function sha256(text: string): string {
  const words = toWords(text);
  const state = START.slice();
  const w = new Int32Array(64);
  for (let at = 0; at < words.length; at += 16) addBlock(words, at, state, w);
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function addBlock(words: Int32Array, at: number, state: number[], w: Int32Array): void {
  for (let i = 0; i < 64; i++) {
    if (i < 16) {
      w[i] = words[at + i] as number;
      continue;
    }
    const [a, b] = [w[i - 15] as number, w[i - 2] as number];
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUNDS[i] as number) + (w[i] as number)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const next = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = ((state[i] as number) + (next[i] as number)) | 0;
}

/** With the mark of the end and the length, in whole blocks. */
function toWords(text: string): Int32Array {
  const words = new Int32Array((((text.length + 8) >> 6) + 1) * 16);
  for (let i = 0; i <= text.length; i++) {
    const byte = i < text.length ? text.charCodeAt(i) : 0x80;
    words[i >> 2] = (words[i >> 2] as number) | (byte << (24 - (i % 4) * 8));
  }
  words[words.length - 1] = text.length * 8;
  return words;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function toFraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

function listPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime > 0)) primes.push(n);
  return primes;
}
