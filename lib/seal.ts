import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "@/lib/errors";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is sealed: each has a key of its own, and is of no use in the place of another. */
type Purpose =
  | "kommo token"
  | "kommo refresh token"
  | "kommo client secret"
  | "kommo hooks"
  | "totp secret"
  | "begun totp secret";

/** AES-256-GCM with a key that is derived from the app's secret. */
export function seal(text: string, secret: string, purpose: Purpose): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", toKey(secret, purpose), nonce);
  const sealed = [cipher.update(text, "utf8"), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString("base64url");
}

/** Throws `seal_broken` when it was sealed under another secret, or changed since. */
export function unseal(sealed: string, secret: string, purpose: Purpose): string {
  const bytes = Buffer.from(sealed, "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", toKey(secret, purpose), bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new AppError("seal_broken", { cause });
  }
}

function toKey(secret: string, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", purpose, 32));
}
