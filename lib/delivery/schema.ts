import * as z from "zod/mini";
import { leadStates } from "@/lib/domain/lead/states";
import { queueStopSchema } from "@/lib/queue/schema";

/** A lead that waits for a person as that person saw it: in this state since it was last sent (epoch ms). */
const seenFields = {
  id: z.uuid(),
  state: z.enum(["needs_fix", "needs_admin"]),
  sentAt: z.nullable(z.int()),
};
const seenSchema = z.object(seenFields);
export type Seen = z.infer<typeof seenSchema>;
/** As many as are decided well within the time that a page waits for an answer. */
export const MOST_DECIDED = 100;
const oneOrMore = [z.minLength(1), z.maxLength(MOST_DECIDED)] as const;
export const seenLeadsSchema = z.array(seenSchema).check(...oneOrMore);
const settlementSchema = z.object({
  ...seenFields,
  kommoLeadId: z.pipe(
    z.transform(Number),
    z.number("id_invalid").check(z.refine(Number.isSafeInteger, "id_invalid"), z.positive("id_invalid")),
  ),
});
export type Settlement = z.infer<typeof settlementSchema>;
export const settlementsSchema = z.array(settlementSchema).check(...oneOrMore);

/** Of a lead that waits for the admin: it may be in Kommo. */
export const undecidedProblems: readonly string[] = ["unclear", "merged", "unsendable"];

/** A lead that a decision left as it is. `reason`: a key of `delivery.unchanged.reasons` in messages/, or *other* there. */
export type Unchanged = { id: string; reason: string };

export const MOST_STUCK = 500;
export const stuckIdsSchema = z.object({
  ids: z.array(z.uuid()).check(z.minLength(1), z.maxLength(MOST_STUCK)),
});

/** What Kommo shows for leads that wait for a person. `isWhole`: false where its lists could not be read to their end. */
export const foundInKommoSchema = z.object({
  isWhole: z.boolean(),
  leads: z.array(
    z.object({
      id: z.string(),
      /** The lead of Kommo carries our id. */
      isExact: z.boolean(),
      /** What may be the lead, nearest to its sending first; times are epoch milliseconds. */
      candidates: z.array(
        z.object({
          kommoLeadId: z.number(),
          url: z.string(),
          name: z.nullable(z.string()),
          contact: z.nullable(z.string()),
          madeAt: z.nullable(z.number()),
        }),
      ),
      /** Of Kommo's trash what was made at its time: it may be one of them, which show no name. */
      deleted: z.array(z.object({ kommoLeadId: z.number(), url: z.string() })),
    }),
  ),
});
export type FoundInKommo = z.infer<typeof foundInKommoSchema>;

/** What an admin sees of the delivery. Times are epoch milliseconds. */
export const deliverySchema = z.object({
  now: z.number(),
  counts: z.partialRecord(z.enum(leadStates), z.number()),
  oldestWaiting: z.nullable(z.object({ id: z.string(), createdAt: z.number() })),
  lastSuccess: z.nullable(z.number()),
  requestsLastMinute: z.number(),
  queueStop: z.nullable(queueStopSchema),
  /** While leads are verified because the database is older than what was sent. */
  restored: z.nullable(z.object({ at: z.number(), left: z.number() })),
  /** Leads that were lately found to stand in Kommo twice, the newest first. */
  doubled: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      kommoUrl: z.nullable(z.string()),
      twinUrl: z.nullable(z.string()),
    }),
  ),
  /** While leads that were sent cannot be looked for in Kommo. */
  unverified: z.nullable(z.object({ since: z.number(), count: z.number() })),
  /** Leads that wait for a person, oldest first. */
  stuck: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      author: z.string(),
      byForm: z.boolean(),
      state: z.enum(["needs_fix", "needs_admin"]),
      problem: z.nullable(z.string()),
      sentAt: z.nullable(z.number()),
      createdAt: z.number(),
    }),
  ),
});
export type Delivery = z.infer<typeof deliverySchema>;
