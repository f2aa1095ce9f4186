import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** The link carries the token; the database keeps its hash only, so a copy of it opens no door. */
export function newToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: toTokenHash(token) };
}

export function toTokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
