import { z } from "zod";
import { leadStates } from "@/lib/domain/lead/states";

/** What a person is looked for by: a phone, a Telegram handle or an e-mail, as typed. */
export const contactSchema = z.object({
  contact: z.string().trim().min(1, "contact_missing").max(254, "too_long"),
});
export const erasureSchema = z.object({ ids: z.array(z.uuid()).min(1, "none_chosen").max(500, "too_many") });

const LONGEST_DAYS = 3650;
export const retentionSchema = z.object({
  keepDays: z.coerce
    .number("days_invalid")
    .int("days_invalid")
    .min(1, "days_invalid")
    .max(LONGEST_DAYS, "days_invalid")
    .nullable(),
});

/** What is kept of one person. `erasedAt`: nothing is, but something was until then. Times are epoch milliseconds. */
export const foundPersonSchema = z.object({
  leads: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      contact: z.string(),
      author: z.string(),
      state: z.enum(leadStates),
      createdAt: z.number(),
    }),
  ),
  erasedAt: z.number().nullable(),
});
export type FoundPerson = z.infer<typeof foundPersonSchema>;

export type Privacy = {
  keepDays: number | null;
  /** Newest first; `by` is null where the term removed them. */
  erasures: { id: string; at: number; by: string | null; leadCount: number }[];
};
