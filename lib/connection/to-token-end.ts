import "server-only";
import { z } from "zod";

// The last second that a Date can tell.
const LAST_SECOND = 8_640_000_000_000;

const claimsSchema = z.object({ exp: z.coerce.number().positive().max(LAST_SECOND) });

/**
 * When the token ends (epoch ms), or null when it does not say: nothing but `exp` is expected of it
 * (docs/kommo-api.md §7.1).
 */
export function toTokenEnd(token: string): number | null {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    return Math.floor(claimsSchema.parse(JSON.parse(payload)).exp) * 1000;
  } catch {
    return null;
  }
}
