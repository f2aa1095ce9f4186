import * as z from "zod/mini";

/** Why nothing leaves: a person's pause, or Kommo's refusal of the connection. Times are epoch milliseconds. */
export const queueStopSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("paused"), since: z.number(), by: z.string() }),
  z.object({ kind: z.literal("halted"), code: z.string(), since: z.number(), probeAt: z.number() }),
]);
export type QueueStop = z.infer<typeof queueStopSchema>;
