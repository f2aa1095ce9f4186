import * as z from "zod/mini";
import { leadStates } from "@/lib/domain/lead/states";
import { searchText } from "@/lib/domain/text";

export const contactSchema = z.object({
  contact: searchText(254).check(z.minLength(1, "contact_missing")),
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
      byForm: z.boolean(),
      state: z.enum(leadStates),
      createdAt: z.number(),
    }),
  ),
  erasedAt: z.nullable(z.number()),
});
export type FoundPerson = z.infer<typeof foundPersonSchema>;

/** What was erased here, and what Kommo still has of it. */
export type Erased = { count: number; kommoLeadIds: number[]; kommoContactIds: number[] };

export type Privacy = {
  /** Absent before the connection. */
  kommoUrl: string | undefined;
  keepDays: number | null;
  /** Newest first. `by` is null when the retention period ended. */
  erasures: { id: string; at: number; by: string | null; leadCount: number }[];
};
