import * as z from "zod/mini";
import { limitedText } from "@/lib/domain/text";
import { roles } from "@/lib/people/schema";

/** Of the app, or a recovery code. The message is a key of `factor.problems`. */
export const codeSchema = z.object({
  code: limitedText(40, "code_wrong").check(z.minLength(1, "code_missing")),
});
export type TypedCode = z.infer<typeof codeSchema>;

/** Whom a rule of the admins concerns: a role, or everybody who comes by single sign-on. */
export const factorRulesSchema = z.object({
  roles: z.array(z.enum(roles)).check(z.maxLength(roles.length)),
  /** Whether single sign-on counts as a password does. Otherwise a second factor is the provider's business. */
  afterSignOn: z.boolean(),
});
export type FactorRules = z.infer<typeof factorRulesSchema>;

/** `qr`: the dots as a path in a square of `size`. `begun`: the secret, sealed, to be sent back with its first code. */
export type TotpSheet = { secret: string; qr: { size: number; path: string }; begun: string };

export const confirmedTotpSchema = z.extend(codeSchema, { begun: limitedText(1000) });
export type ConfirmedTotp = z.infer<typeof confirmedTotpSchema>;

/** Times are epoch milliseconds. */
export type Factors = {
  totpSince: number | null;
  codesLeft: number;
  passkeys: { id: string; name: string; usedAt: number | null }[];
};

/** What a session still waits for before it opens anything. */
export const waits = ["factor", "set_up"] as const;
export type Waits = (typeof waits)[number];

const base64Url = (longest: number) => limitedText(longest).check(z.regex(/^[\w-]+$/));
// The longest that WebAuthn allows is 1023 bytes.
const credentialIdSchema = base64Url(1400);

/** What a browser signed with a passkey. Whatever else it sends is dropped. */
export const passkeyAnswerSchema = z.object({
  id: credentialIdSchema,
  rawId: credentialIdSchema,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64Url(10_000),
    authenticatorData: base64Url(10_000),
    signature: base64Url(10_000),
    userHandle: z.optional(base64Url(200)),
  }),
});
export type PasskeyAnswer = z.infer<typeof passkeyAnswerSchema>;

const passkeyNameSchema = limitedText(120).check(
  z.trim(),
  z.minLength(1, "name_missing"),
  z.maxLength(60, "too_long"),
  z.refine((name) => !/\p{Cc}/u.test(name), "name_invalid"),
);

/** A passkey that a browser has made, and what its person calls it. */
export const newPasskeySchema = z.object({
  name: passkeyNameSchema,
  answer: z.object({
    id: credentialIdSchema,
    rawId: credentialIdSchema,
    type: z.literal("public-key"),
    response: z.object({
      clientDataJSON: base64Url(10_000),
      attestationObject: base64Url(50_000),
      transports: z.optional(z.array(limitedText(50)).check(z.maxLength(10))),
    }),
  }),
});
export type NewPasskey = z.infer<typeof newPasskeySchema>;

export const passkeyIdSchema = credentialIdSchema;

export const renamedPasskeySchema = z.object({ id: credentialIdSchema, name: passkeyNameSchema });
export type RenamedPasskey = z.infer<typeof renamedPasskeySchema>;
