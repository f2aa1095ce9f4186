import * as z from "zod/mini";
import { localeSchema } from "@/lib/preferences/schema";

export const roles = ["seller", "head", "admin"] as const;
export type Role = (typeof roles)[number];

/** The person who is asking. Sellers see their own leads; heads and admins everyone's. */
export type Person = { id: string; email: string; name: string; role: Role };

// Control characters, and those that turn the direction of what follows: a name must not rewrite the line it stands in.
const TRICKS = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Issues carry the key of their sentence: `people.problems.<key>` in messages/. */
export const nameSchema = z.string().check(
  z.trim(),
  z.minLength(1, "name_missing"),
  z.maxLength(120, "too_long"),
  z.refine((name) => !TRICKS.test(name), "name_invalid"),
);
// In small letters only once it is known to be plain: the Kelvin sign's small letter is an ordinary k.
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

/** Without a password the person is invited, and chooses one. */
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

/** How a person stands, as the list shows it. */
export type Standing = "active" | "invited" | "disabled";

export type ListedPerson = Person & {
  standing: Standing;
  locale: string | null;
  lastSignInAt: number | null;
};
