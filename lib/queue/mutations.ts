import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";

const ID = "outbox";

/** A person's stop: nothing leaves until somebody resumes. Leads are still taken in. */
export async function pauseSending(personId: string, db: Db = getDb(), now = tellTime()): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable("sender")
      .set({ paused_at: now, paused_by: personId })
      .where("id", "=", ID)
      .where("paused_at", "is", null)
      .execute();
    await writeAudit({ person_id: personId, action: "delivery_paused" }, tx, now);
  });
}

export async function resumeSending(personId: string, db: Db = getDb(), now = tellTime()): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.updateTable("sender").set({ paused_at: null, paused_by: null }).where("id", "=", ID).execute();
    await writeAudit({ person_id: personId, action: "delivery_resumed" }, tx, now);
  });
}

/** While the queue rests: asks Kommo in the next round instead of at the next probe. */
export async function probeNow(personId: string, db: Db = getDb(), now = tellTime()): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable("sender")
      .set({ probe_at: now, probes: 0 })
      .where("id", "=", ID)
      .where("rest_code", "is not", null)
      .execute();
    await writeAudit({ person_id: personId, action: "connection_tried" }, tx, now);
  });
}
