import "server-only";
import { createHmac, hkdfSync } from "node:crypto";
import type { Contact } from "./to-contact";

/** Equal contacts have equal hashes. Without the secret, nobody can find a phone by trying all numbers. */
export function toContactHash({ kind, value }: Contact, secret: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "erased contacts", 32));
  return createHmac("sha256", key).update(`${kind}:${value}`).digest("base64url");
}
