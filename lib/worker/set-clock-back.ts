import "server-only";
import type { Db } from "@/lib/db/client";
import { statesUnderWay } from "@/lib/domain/lead/states";

/**
 * The clock was set back by so many ms: the times that the worker waits for move with it, or nothing would leave until it
 * has caught up. All of them, so that leads keep their order. How long the clock had been wrong nobody knows, so an
 * unconfirmed lead was sent by the one time or the other, or in between.
 */
export async function setClockBack(by: number, tx: Db, now: number): Promise<void> {
  await tx
    .updateTable("leads")
    .set((eb) => ({ due_at: eb("due_at", "-", by) }))
    .where("state", "in", statesUnderWay)
    .execute();
  await tx
    .updateTable("leads")
    .set((eb) => {
      const last = eb.fn.coalesce("sent_until", "sent_at");
      return {
        sent_at: eb("sent_at", "-", by),
        sent_until: eb.case().when(last, "<", now).then(last).else(now).end(),
      };
    })
    .where("state", "in", statesUnderWay)
    .where("sent_at", "is not", null)
    .execute();
  await tx
    .updateTable("sender")
    .set((eb) => ({ probe_at: eb("probe_at", "-", by) }))
    .execute();
}
