import "server-only";
import { LARGEST_BATCH } from "./compose-batch";
import { type Decision, toBatchLimit } from "./decide";
import type { Duty } from "./duty";

/**
 * How many leads go together from now on: half as many after a batch that Kommo did not answer, one more after each that it
 * took. Kommo's gateways give up on large batches when it is slow (docs/kommo-api.md §8).
 */
export async function adjustBatchLimit(
  outcome: string,
  decisions: Map<string, Decision>,
  { db }: Duty,
): Promise<void> {
  const sender = db.updateTable("sender");
  const [limit] = [...decisions.values()].flatMap((decision) => toBatchLimit(decision, decisions.size) ?? []);
  if (limit !== undefined) {
    await sender.set({ batch_limit: limit }).where("batch_limit", ">", limit).execute();
  }
  if (outcome !== "confirmed") return;
  await sender
    .set((eb) => ({ batch_limit: eb("batch_limit", "+", 1) }))
    .where("batch_limit", "<", LARGEST_BATCH)
    .execute();
}
