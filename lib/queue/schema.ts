import * as z from "zod/mini";

/** Why nothing leaves: a person's pause, a mapping that is missing, or Kommo's refusal of the connection. Times are epoch milliseconds. */
export const queueStopSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("paused"), since: z.number(), by: z.string() }),
  /** No mapping is published: nobody has said where the fields go. */
  z.object({ kind: z.literal("unmapped") }),
  z.object({ kind: z.literal("halted"), code: z.string(), since: z.number(), probeAt: z.number() }),
]);
export type QueueStop = z.infer<typeof queueStopSchema>;
/** What the sender's row keeps. */
export type StoredStop = Exclude<QueueStop, { kind: "unmapped" }>;
