import "server-only";
import { z } from "zod";
import { emailSchema, nameSchema } from "@/lib/people/schema";

/** Whom the provider signed in. `email` only if the provider vouches for it; `groups` are the values of the role claim. */
export const oidcProfileSchema = z.object({
  iss: z.string().max(1000),
  sub: z.string().max(255),
  email: z.string().optional(),
  name: z.string().optional(),
  groups: z.array(z.string()),
  /** When the provider asked for the password or the like (epoch ms), if it tells. */
  authenticatedAt: z.number().optional(),
});
export type OidcProfile = z.infer<typeof oidcProfileSchema>;

type Claims = Record<string, unknown>;

// Cognito writes the word, and Entra's claim is true, "true", 1 or "1" by kind of account.
const YES: unknown[] = [true, "true", 1, "1"];

/**
 * The provider says who it is in the ID token and again in `userinfo`, and each may leave out what the other has. An
 * e-mail counts only with the word of the same source.
 */
export function toOidcProfile(
  { iss, sub, ...token }: Claims & { iss: string; sub: string },
  userinfo: Claims,
  roleClaim: string | undefined,
): OidcProfile {
  const sources = [token, userinfo];
  return {
    iss,
    sub,
    authenticatedAt: toMs(token.auth_time),
    email: sources.map(toVerifiedEmail).find((email) => email !== undefined),
    name: sources.map(({ name }) => nameSchema.safeParse(name).data).find((name) => name !== undefined),
    groups: roleClaim === undefined ? [] : toGroups(token[roleClaim] ?? userinfo[roleClaim]),
  };
}

/** Microsoft Entra knows no `email_verified`; its `xms_edov` says that the owner of the e-mail's domain vouches for it. */
function toVerifiedEmail({ email, email_verified, xms_edov }: Claims): string | undefined {
  return YES.includes(email_verified ?? xms_edov) ? emailSchema.safeParse(email).data : undefined;
}

function toGroups(claim: unknown): string[] {
  return (Array.isArray(claim) ? claim : [claim]).filter((group) => typeof group === "string");
}

function toMs(seconds: unknown): number | undefined {
  return typeof seconds === "number" && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
