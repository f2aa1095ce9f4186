import "server-only";
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Public, so it only has to be unlike any other. */
export function drawPublicKey(): string {
  return randomBytes(8).toString("hex");
}

export function drawSecret(): { secret: string; hash: string; lastFour: string } {
  const secret = `lds_${randomBytes(24).toString("base64url")}`;
  return { secret, hash: toSecretHash(secret), lastFour: secret.slice(-4) };
}

function toSecretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** Takes the same time however much of it is right. */
export function isOneOf(given: string, hashes: readonly string[]): boolean {
  const hash = Buffer.from(toSecretHash(given));
  return hashes.filter((known) => timingSafeEqual(hash, Buffer.from(known))).length > 0;
}
