import "server-only";
import type { Db } from "@/lib/db/client";
import { statesUnderWay } from "@/lib/domain/lead/states";

/**
 * The clock was set ahead by so many ms. Until then it may have been behind, and an unconfirmed lead was sent at its time or
 * so much later, or in between.
 */
export async function setClockAhead(by: number, tx: Db): Promise<void> {
  await tx
    .updateTable("leads")
    .set((eb) => ({ sent_until: eb(eb.fn.coalesce("sent_until", "sent_at"), "+", by) }))
    .where("state", "in", statesUnderWay)
    .where("sent_at", "is not", null)
    .execute();
}
