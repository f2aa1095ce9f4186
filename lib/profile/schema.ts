import * as z from "zod/mini";
import { nameSchema, passwordSchema } from "@/lib/people/schema";

export const ownNameSchema = z.object({ name: nameSchema });
export type OwnName = z.infer<typeof ownNameSchema>;

export const newPasswordSchema = z.object({
  current: z.string().check(z.minLength(1, "password_missing"), z.maxLength(200, "too_long")),
  password: passwordSchema,
});
export type NewPassword = z.infer<typeof newPasswordSchema>;

export const chosenPasswordSchema = z.object({
  token: z.string().check(z.maxLength(200)),
  password: passwordSchema,
});
export type ChosenPassword = z.infer<typeof chosenPasswordSchema>;

/** Times are epoch milliseconds. `browser` is null when it is unknown. */
export type OpenSession = { id: string; browser: string | null; since: number; seenAt: number };

export const sessionIdSchema = z.uuid();
