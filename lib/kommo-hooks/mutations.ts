import "server-only";
import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { writeAudit } from "@/lib/audit/mutations";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { seal } from "@/lib/seal";

const ID = "kommo";
const SECRET_BYTES = 24;
// A storm of hooks writes no more often than this.
const NOTED_APART_MS = 1000;

/** A new address for Kommo's hooks, which is the only one from now on. */
export async function setHook(personId: string, db: Db = getDb(), now = tellTime()): Promise<void> {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const secret_sealed = seal(secret, getEnv().secret, "kommo hooks");
  const row = { secret_sealed, set_by: personId, set_at: now, last_at: null, woken_at: null };
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto("kommo_hooks")
      .values({ id: ID, ...row })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
      .execute();
    await writeAudit({ person_id: personId, action: "hook_set" }, tx, now);
  });
}

/** A hook has come: the worker, in whichever process, looks soon, unless it is to look anyway for one that came before. */
export async function noteHook(db: Db = getDb(), now = tellTime()): Promise<void> {
  const lookedAt = sql<number>`(select looked_at from outcome_reading where id = ${ID})`;
  await db
    .updateTable("kommo_hooks")
    .set({
      last_at: now,
      woken_at: sql<number>`case when woken_at is null or woken_at < ${lookedAt} then ${sql.lit(now)} else woken_at end`,
    })
    .where("id", "=", ID)
    .where((eb) =>
      eb.or([
        eb("last_at", "is", null),
        eb("last_at", "<=", now - NOTED_APART_MS),
        // A time to come is of a clock that has been set back.
        eb("last_at", ">", now),
        // The look for the last one has begun: it may have come too early for this one.
        eb("woken_at", "<", lookedAt),
      ]),
    )
    .execute();
}
