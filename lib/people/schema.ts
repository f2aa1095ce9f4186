import { z } from "zod";

export const roles = ["seller", "head", "admin"] as const;
export type Role = (typeof roles)[number];

/** The person who is asking. Sellers see their own leads; heads and admins everyone's. */
export type Person = { id: string; email: string; name: string; role: Role };

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email("email_invalid").max(254, "too_long"));
export const passwordSchema = z.string().min(10, "password_short").max(200, "too_long");

export const signInSchema = z.object({ email: emailSchema, password: z.string().min(1).max(200) });

/** Issues carry the key of their sentence: `people.problems.<key>` in messages/. */
export const firstAdminSchema = z.object({
  token: z.string(),
  name: z.string().trim().min(1, "name_missing").max(120, "too_long"),
  email: emailSchema,
  password: passwordSchema,
});
export type FirstAdmin = z.infer<typeof firstAdminSchema>;
