import "server-only";
import { LARGEST_BATCH, toHalf } from "./compose-batch";
import type { Decision } from "./decide";
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
  const size = decisions.size;
  const isHalved = [...decisions.values()].some((decision) => "isHalved" in decision && decision.isHalved);
  const limit = db.updateTable("sender");
  if (isHalved)
    await limit
      .set({ batch_limit: toHalf(size) })
      .where("batch_limit", ">", toHalf(size))
      .execute();
  if (outcome !== "confirmed") return;
  await limit
    .set((eb) => ({ batch_limit: eb("batch_limit", "+", 1) }))
    .where("batch_limit", "<", LARGEST_BATCH)
    .execute();
}
