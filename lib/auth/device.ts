import "server-only";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export const DEVICE_COOKIE = "lead-desk-device";

/**
 * Authorises nothing. Wrong attempts from marked browsers are counted separately, so that strangers who guess passwords
 * do not lock the owner out.
 */
export function createDeviceMark(email: string, secret: string): string {
  const nonce = randomBytes(16).toString("base64url");
  return `${nonce}.${sign(nonce, email, secret)}`;
}

export function parseDeviceMark(mark: string | undefined, email: string, secret: string): string | undefined {
  const [nonce, signature] = mark?.split(".") ?? [];
  if (!nonce || !signature) return undefined;
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(nonce, email, secret))];
  return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : undefined;
}

function sign(nonce: string, email: string, secret: string): string {
  return createHmac("sha256", secret).update(`device ${nonce} ${email}`).digest("base64url");
}
