import "server-only";
import { decode } from "next-auth/jwt";
import { type Claims, toClaims } from "./claims";

// Everybody of a large team, with a token from before and one from after it was renewed.
const MOST_OPENED = 500;

type Opened = { secret: string; claims: Claims; expiresAt: number };

const opened = new Map<string, Opened>();

/**
 * What a session's token says; undefined for one that is expired, tampered with or not ours. A browser sends the same one
 * with every request, and to open it takes longer than to read its session, so what it says is kept until it expires.
 */
export async function openToken(
  token: string | undefined,
  secret: string,
  now = Date.now(),
): Promise<Claims | undefined> {
  if (token === undefined) return undefined;
  const known = opened.get(token);
  if (known?.secret === secret && now < known.expiresAt) return known.claims;
  opened.delete(token);
  const payload = await decode({ token, secret }).catch(() => null);
  const claims = toClaims(payload);
  if (claims) remember(token, { secret, claims, expiresAt: toMs(payload?.exp) });
  return claims;
}

function remember(token: string, found: Opened): void {
  opened.set(token, found);
  const [oldest] = opened.keys();
  if (opened.size > MOST_OPENED && oldest !== undefined) opened.delete(oldest);
}

/** A token that does not expire is opened each time. */
function toMs(seconds: unknown): number {
  return typeof seconds === "number" ? seconds * 1000 : 0;
}
