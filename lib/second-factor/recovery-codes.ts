import "server-only";
import { randomBytes } from "node:crypto";

const COUNT = 10;
const HALF = 5;
// Crockford's: nothing in it is mistaken for anything else.
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Ten codes of 50 random bits, as they are shown: `a1b2c-3d4e5`. */
export function createRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const letters = [...randomBytes(2 * HALF)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
    return `${letters.slice(0, HALF)}-${letters.slice(HALF)}`;
  });
}

/** A code as it is hashed, however it was typed; undefined for what cannot be one. */
export function toRecoveryCode(typed: string): string | undefined {
  const letters = typed.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");
  return /^[0-9a-hjkmnp-tv-z]{10}$/.test(letters) ? letters : undefined;
}
