import { toTotpCode } from "@/lib/second-factor/totp";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A secret as an app reads it when it is typed. */
export function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** What an app with this secret shows at that time (epoch ms). */
export function toCodeAt(secret: Buffer, now: number): string {
  return toTotpCode(secret, Math.floor(now / 30_000));
}

export function toCodeNow(secret: Buffer): string {
  return toCodeAt(secret, Date.now());
}
