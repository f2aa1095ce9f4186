import "server-only";
import { createHmac, hkdfSync } from "node:crypto";
import type { Contact } from "./to-contact";

/** Says "the same contact" and nothing else: without the secret a phone cannot be guessed from it by trying them all. */
export function toContactHash({ kind, value }: Contact, secret: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "erased contacts", 32));
  return createHmac("sha256", key).update(`${kind}:${value}`).digest("base64url");
}
