import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const STEP_MS = 30_000;
const DIGITS = 6;
// A telephone's clock may be off by one step, and a code is typed at the end of its own.
const NEIGHBOURS = [0, -1, 1];
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** 160 bits, as RFC 4226 wants. */
export function createTotpSecret(): Buffer {
  return randomBytes(20);
}

/** The code of a time step (RFC 6238, HMAC-SHA-1): what every app shows. */
export function toTotpCode(secret: Buffer, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** The step of which this is the code, now or a step beside; undefined for a wrong one. */
export function findTotpStep(secret: Buffer, code: string, now: number): number | undefined {
  const current = Math.floor(now / STEP_MS);
  const given = Buffer.from(code);
  return NEIGHBOURS.map((more) => current + more).find((step) => {
    const expected = Buffer.from(toTotpCode(secret, step));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** RFC 4648, without padding: how apps take a secret that is typed. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, "0"), 2)])
    .join("");
}
