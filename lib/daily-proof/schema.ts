import * as z from "zod/mini";
import { differenceKinds, verdicts } from "@/lib/domain/daily-proof/compare-leads";
import { leadStates } from "@/lib/domain/lead/states";
import { limitedText } from "@/lib/domain/text";

const FIRST_DAY = "2000-01-01";
const LAST_DAY = "2999-12-31";

export const daySchema = limitedText(10).check(
  z.refine((day) => isDay(day) && day >= FIRST_DAY && day <= LAST_DAY),
);

export const acceptedRowSchema = z.uuid();

/** A malformed day counts as none. */
export const proofAddressSchema = z.object({ date: z.catch(z.optional(daySchema), undefined) });

/** `csv` is for programs, `csv_excel` for Excel with Russian settings. */
export const proofFileSchema = z.object({ date: daySchema, format: z.enum(["csv", "csv_excel"]) });
export type ProofFile = z.infer<typeof proofFileSchema>;

/** Of the file. */
export const sheetColumns = [
  "what",
  "meaning",
  "count",
  "lead",
  "leadId",
  "created",
  "state",
  "kommoId",
  "otherId",
  "accepted",
] as const;
/** The lines of the numbers. */
export const sheetCounts = ["entered", "withdrawn", "confirmed", "found", "trashed"] as const;

/**
 * Where second copies were looked for: among the incoming leads and by the reference of all others; among the incoming ones
 * only for the leads that were sent without a reference, some of the day or all; or not to the end, as there are too many.
 */
export const copyLooks = ["all", "partly", "incoming", "not_whole"] as const;

/** Why a try was not finished: keys of `dailyProof.reasons` in messages/. */
export const unfinishedReasons = [
  "unreachable",
  "busy",
  "too_many_requests",
  "forbidden",
  "not_connected",
  "other_account",
  "connection",
  "other",
] as const;

const id = z.nullable(z.number());

const proofRowSchema = z.object({
  id: z.string(),
  kind: z.enum(differenceKinds),
  leadId: z.nullable(z.string()),
  kommoLeadId: id,
  otherId: id,
  /** Who has said that it is right as it is, and when. */
  accepted: z.nullable(z.object({ at: z.number(), by: z.nullable(z.string()) })),
  /** Of the lead as it is now; null where the desk has none. */
  lead: z.nullable(
    z.object({
      title: z.string(),
      state: z.enum(leadStates),
      problem: z.nullable(z.string()),
      createdAt: z.number(),
    }),
  ),
});
export type ProofRow = z.infer<typeof proofRowSchema>;

/** All that the page of a day shows. Times are epoch milliseconds. */
export const proofPageSchema = z.object({
  day: z.string(),
  zone: z.string(),
  today: z.string(),
  /** The first day whose proof may be kept, and the first of which a proof can be made. */
  earliest: z.string(),
  firstProvable: z.string(),
  kommoUrl: z.nullable(z.string()),
  proof: z.nullable(
    z.object({
      zone: z.string(),
      madeAt: z.number(),
      /** False for one that was made before its day was over. */
      isOfWholeDay: z.boolean(),
      copies: z.enum(copyLooks),
      counts: z.object({
        entered: z.number(),
        withdrawn: z.number(),
        confirmed: z.number(),
        found: z.number(),
        trashed: z.number(),
      }),
      verdict: z.enum(verdicts),
      /** How many need a look. */
      open: z.number(),
      /** How many rows it had, of which `rows` are the first. */
      differences: z.number(),
      /** How many there still are: the others were erased with their leads. */
      left: z.number(),
      rows: z.array(proofRowSchema),
    }),
  ),
  /** While one is being made. `problem`: why the last try was not finished. */
  making: z.nullable(
    z.object({
      askedAt: z.number(),
      compared: z.number(),
      problem: z.nullable(z.enum(unfinishedReasons)),
      /** When it is tried again; null once it is given up. */
      tryAt: z.nullable(z.number()),
      /** Kommo refuses the connection: nothing is read meanwhile. */
      isHalted: z.boolean(),
    }),
  ),
});
export type ProofPage = z.infer<typeof proofPageSchema>;

function isDay(day: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day;
}
