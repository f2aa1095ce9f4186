import * as z from "zod/mini";
import { limitedText } from "@/lib/domain/text";
import { localeSchema } from "@/lib/preferences/schema";

export const roles = ["seller", "head", "admin"] as const;
export type Role = (typeof roles)[number];

/** The role of what is the author of leads and no person: a website form. */
export const FORM_ROLE = "form";

/** Sellers see their own leads. Heads and admins see everyone's. */
export type Person = { id: string; email: string; name: string; role: Role };

// Control characters, and characters that change the direction of the text after them.
const TRICKS = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** The issues' messages are keys: `people.problems.<key>` in messages/. */
export const nameSchema = limitedText(500).check(
  z.trim(),
  z.minLength(1, "name_missing"),
  z.maxLength(120, "too_long"),
  z.refine((name) => !TRICKS.test(name), "name_invalid"),
);
// Lower-cased only after the check for ASCII, because the lower case of the Kelvin sign is an ordinary k.
export const emailSchema = z.pipe(
  limitedText(254).check(z.trim()),
  z.email("email_invalid").check(z.toLowerCase()),
);
export const passwordSchema = limitedText(200).check(
  // Counted as people count, however their keyboard sends an accent.
  z.refine((password) => [...password.normalize("NFC")].length >= 10, "password_short"),
);

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().check(z.minLength(1), z.maxLength(200)),
});

export const firstAdminSchema = z.object({
  token: z.string().check(z.maxLength(200)),
  name: nameSchema,
  email: emailSchema,
  password: passwordSchema,
});
export type FirstAdmin = z.infer<typeof firstAdminSchema>;

export const newPersonSchema = z.object({
  email: emailSchema,
  name: nameSchema,
  role: z.enum(roles),
  locale: localeSchema,
  password: z.optional(passwordSchema),
});
export type NewPerson = z.infer<typeof newPersonSchema>;

export const changedPersonSchema = z.object({
  id: z.uuid(),
  name: nameSchema,
  role: z.enum(roles),
  locale: localeSchema,
});
export type ChangedPerson = z.infer<typeof changedPersonSchema>;

export const personIdSchema = z.uuid();

/** The request of single sign-on that an admin has seen, by its time in epoch ms. */
export const linkRequestSchema = z.object({ id: z.uuid(), askedAt: z.int() });
export type LinkRequest = z.infer<typeof linkRequestSchema>;

export type AccountStatus = "active" | "invited" | "disabled";

export type ListedPerson = Person & {
  status: AccountStatus;
  locale: string | null;
  lastSignInAt: number | null;
};
