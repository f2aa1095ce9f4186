import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";

const CODE_LIVES_MS = 20 * 60_000;
const ACCESS_LIVES_MS = 24 * 60 * 60_000;
const REFRESH_LIVES_MS = 90 * ACCESS_LIVES_MS;

const codeSchema = z.object({
  code: z.string(),
  redirectUri: z.string(),
  issuedAt: z.number(),
  isUsed: z.boolean(),
});
const pairSchema = z.object({
  /** The access token's `jti`. */
  id: z.string(),
  refreshToken: z.string(),
  issuedAt: z.number(),
  isRevoked: z.boolean(),
});

/** The private integration of the practice account, its codes and its pairs of tokens. Times are epoch milliseconds. */
export const grantsSchema = z.object({
  redirectUri: z.string(),
  /** Asked when somebody disables the integration; empty is nobody. */
  hookUrl: z.string(),
  isDisabled: z.boolean(),
  codes: z.array(codeSchema),
  pairs: z.array(pairSchema),
});
export type Grants = z.infer<typeof grantsSchema>;
export type Pair = z.infer<typeof pairSchema>;

export function noGrants(): Grants {
  const redirectUri = "http://127.0.0.1:3000/api/kommo/oauth";
  return { redirectUri, hookUrl: "", isDisabled: false, codes: [], pairs: [] };
}

/** A code that works once and for 20 minutes. The integration is enabled again by it. docs/kommo-api.md §7.2, §7.5 */
export function issueCode(grants: Grants, now: number): string {
  grants.isDisabled = false;
  grants.codes = grants.codes.filter(({ issuedAt }) => now - issuedAt < ACCESS_LIVES_MS);
  const code = toOpaque();
  grants.codes.push({ code, redirectUri: grants.redirectUri, issuedAt: now, isUsed: false });
  return code;
}

/** The newest code that still works, as the integration's window shows it. */
export function findLiveCode({ codes }: Grants, now: number): string | undefined {
  return codes.findLast(({ issuedAt, isUsed }) => !isUsed && now - issuedAt < CODE_LIVES_MS)?.code;
}

/** Spends the code, or says what is wrong with it in Kommo's words. docs/kommo-api.md §7.2 */
export function spendCode(
  grants: Grants,
  code: string,
  redirectUri: string,
  now: number,
): { hint: string } | undefined {
  const known = grants.codes.find((issued) => issued.code === code);
  if (!known) return { hint: "Cannot decrypt the authorization code" };
  if (known.isUsed) return { hint: "Authorization code has been revoked" };
  if (now - known.issuedAt >= CODE_LIVES_MS) return { hint: "Authorization code has expired" };
  if (known.redirectUri !== redirectUri) return { hint: "Invalid redirect URI" };
  known.isUsed = true;
  return undefined;
}

export function addPair(grants: Grants, now: number): Pair {
  const pair = { id: randomUUID(), refreshToken: toOpaque(), issuedAt: now, isRevoked: false };
  grants.pairs = [...grants.pairs.slice(-200), pair];
  return pair;
}

/** The pair whose refresh token may still be used, or what Kommo says of it. docs/kommo-api.md §7.2 */
export function findPair(grants: Grants, refreshToken: string, now: number): Pair | { hint: string } {
  const pair = grants.pairs.find((known) => known.refreshToken === refreshToken);
  if (!pair) return { hint: "Invalid refresh token" };
  if (pair.isRevoked || grants.isDisabled) return { hint: "Token has been revoked" };
  return now - pair.issuedAt < REFRESH_LIVES_MS ? pair : { hint: "Token has expired" };
}

/** Of an access token that was given for a code: the old pair is dead at once when it is changed for a new one. */
export function isLive({ pairs, isDisabled }: Grants, id: string): boolean {
  return !isDisabled && pairs.some((pair) => pair.id === id && !pair.isRevoked);
}

export function revokeAll(grants: Grants): void {
  for (const pair of grants.pairs) pair.isRevoked = true;
}

export function toAccessEnd({ issuedAt }: Pair): number {
  return issuedAt + ACCESS_LIVES_MS;
}

/** Codes and refresh tokens are long and say nothing. docs/kommo-api.md §7.2 */
function toOpaque(): string {
  return `def502${randomBytes(340).toString("hex")}`;
}
