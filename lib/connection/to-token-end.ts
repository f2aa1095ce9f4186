import "server-only";
import { z } from "zod";

// The last second that a Date can tell.
const LAST_SECOND = 8_640_000_000_000;

/** Of its life: two hours before the end of a token of a day, as an outage of Kommo may last that long. */
export const RENEWED_AFTER = 22 / 24;

const endSchema = z.object({ exp: z.coerce.number().positive().max(LAST_SECOND) });
const grantedSchema = z.object({
  scopes: z.array(z.string().max(60)).max(30).nullish().catch(null),
  api_domain: z.string().max(260).nullish().catch(null),
});

/**
 * When the token ends (epoch ms), or null when it does not say: nothing but `exp` is expected of it
 * (docs/kommo-api.md §7.1).
 */
export function toTokenEnd(token: string): number | null {
  const claims = endSchema.safeParse(readClaims(token)).data;
  return claims ? Math.floor(claims.exp) * 1000 : null;
}

/** What the token may do, and the host that knows where its account is; null where it does not say (docs/kommo-api.md §7.1). */
export function toGranted(token: string): { scopes: string[] | null; apiHost: string | null } {
  const claims = grantedSchema.safeParse(readClaims(token)).data;
  return { scopes: claims?.scopes ?? null, apiHost: claims?.api_domain ?? null };
}

function readClaims(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
