import * as z from "zod/mini";
import { leadStates } from "@/lib/domain/lead/states";
import { queueStopSchema } from "@/lib/queue/schema";

/** A lead that waits for a person as that person saw it: in this state since it was last sent (epoch ms). */
const seenFields = {
  id: z.uuid(),
  state: z.enum(["needs_fix", "needs_admin"]),
  sentAt: z.nullable(z.number()),
};
const seenSchema = z.object(seenFields);
export type Seen = z.infer<typeof seenSchema>;
export const seenLeadsSchema = z.array(seenSchema).check(z.minLength(1), z.maxLength(500));
export const settlementSchema = z.object({
  ...seenFields,
  kommoLeadId: z.pipe(
    z.transform(Number),
    z.number("id_invalid").check(z.refine(Number.isSafeInteger, "id_invalid"), z.positive("id_invalid")),
  ),
});
export type Settlement = z.infer<typeof settlementSchema>;

/** What an admin sees of the delivery. Times are epoch milliseconds. */
export const deliverySchema = z.object({
  now: z.number(),
  counts: z.partialRecord(z.enum(leadStates), z.number()),
  oldestWaiting: z.nullable(z.object({ id: z.string(), createdAt: z.number() })),
  lastSuccess: z.nullable(z.number()),
  requestsLastMinute: z.number(),
  queueStop: z.nullable(queueStopSchema),
  /** Leads that wait for a person, oldest first. */
  stuck: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      author: z.string(),
      state: z.enum(["needs_fix", "needs_admin"]),
      problem: z.nullable(z.string()),
      sentAt: z.nullable(z.number()),
      createdAt: z.number(),
    }),
  ),
});
export type Delivery = z.infer<typeof deliverySchema>;
