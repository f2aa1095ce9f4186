import "server-only";
import { z } from "zod";

const claimsSchema = z.object({ exp: z.coerce.number().positive() });

/** When the token ends (epoch ms), or null when it does not say: nothing but `exp` is expected of it (kommo-api.md §7.1). */
export function toTokenEnd(token: string): number | null {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    return claimsSchema.parse(JSON.parse(payload)).exp * 1000;
  } catch {
    return null;
  }
}
