import * as z from "zod/mini";
import { leadStates } from "@/lib/domain/lead/states";

export const contactSchema = z.object({
  contact: z.string().check(z.trim(), z.minLength(1, "contact_missing"), z.maxLength(254, "too_long")),
});
export const erasureSchema = z.object({
  ids: z.array(z.uuid()).check(z.minLength(1, "none_chosen"), z.maxLength(500, "too_many")),
});

const MAX_DAYS = 3650;
export const retentionSchema = z.object({
  keepDays: z.nullable(
    z.coerce
      .number("days_invalid")
      .check(
        z.refine(Number.isInteger, "days_invalid"),
        z.gte(1, "days_invalid"),
        z.lte(MAX_DAYS, "days_invalid"),
      ),
  ),
});

/** What is stored about one person. `erasedAt` is when older data was erased. Times are epoch milliseconds. */
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
  erasedAt: z.nullable(z.number()),
});
export type FoundPerson = z.infer<typeof foundPersonSchema>;

export type Privacy = {
  keepDays: number | null;
  /** Newest first. `by` is null when the retention period ended. */
  erasures: { id: string; at: number; by: string | null; leadCount: number }[];
};
