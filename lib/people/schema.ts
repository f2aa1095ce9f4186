import * as z from "zod/mini";
import { localeSchema } from "@/lib/preferences/schema";

export const roles = ["seller", "head", "admin"] as const;
export type Role = (typeof roles)[number];

/** Sellers see their own leads. Heads and admins see everyone's. */
export type Person = { id: string; email: string; name: string; role: Role };

// Control characters, and characters that change the direction of the text after them.
const TRICKS = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** The issues' messages are keys: `people.problems.<key>` in messages/. */
export const nameSchema = z.string().check(
  z.trim(),
  z.minLength(1, "name_missing"),
  z.maxLength(120, "too_long"),
  z.refine((name) => !TRICKS.test(name), "name_invalid"),
);
// Lower-cased only after the check for ASCII, because the lower case of the Kelvin sign is an ordinary k.
export const emailSchema = z.pipe(
  z.string().check(z.trim()),
  z.email("email_invalid").check(z.maxLength(254, "too_long"), z.toLowerCase()),
);
export const passwordSchema = z
  .string()
  .check(z.minLength(10, "password_short"), z.maxLength(200, "too_long"));

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

export type AccountStatus = "active" | "invited" | "disabled";

export type ListedPerson = Person & {
  status: AccountStatus;
  locale: string | null;
  lastSignInAt: number | null;
};
