import * as z from "zod/mini";

export const roles = ["seller", "head", "admin"] as const;
export type Role = (typeof roles)[number];

/** The person who is asking. Sellers see their own leads; heads and admins everyone's. */
export type Person = { id: string; email: string; name: string; role: Role };

export const emailSchema = z.pipe(
  z.string().check(z.trim(), z.toLowerCase()),
  z.email("email_invalid").check(z.maxLength(254, "too_long")),
);
export const passwordSchema = z
  .string()
  .check(z.minLength(10, "password_short"), z.maxLength(200, "too_long"));

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().check(z.minLength(1), z.maxLength(200)),
});

/** Issues carry the key of their sentence: `people.problems.<key>` in messages/. */
export const firstAdminSchema = z.object({
  token: z.string(),
  name: z.string().check(z.trim(), z.minLength(1, "name_missing"), z.maxLength(120, "too_long")),
  email: emailSchema,
  password: passwordSchema,
});
export type FirstAdmin = z.infer<typeof firstAdminSchema>;
