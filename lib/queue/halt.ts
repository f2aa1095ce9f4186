import "server-only";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import type { ErrorCode } from "@/lib/errors";
import type { QueueStop } from "./schema";

const ID = "outbox";
const SECOND = 1000;
const PROBE_AFTER_MS = [30 * SECOND, 60 * SECOND, 120 * SECOND, 300 * SECOND];

/** What keeps the whole queue: a person's pause, or Kommo's refusal of the connection with the time of the next probe. */
export async function findQueueStop(db: Db = getDb()): Promise<QueueStop | undefined> {
  const row = await db
    .selectFrom("sender")
    .leftJoin("people", "people.id", "sender.paused_by")
    .select(["paused_at", "rest_code", "rest_since", "probe_at", "people.name as paused_by"])
    .where("sender.id", "=", ID)
    .executeTakeFirstOrThrow();
  if (row.paused_at !== null) return { kind: "paused", since: row.paused_at, by: row.paused_by ?? "" };
  if (row.rest_code === null) return undefined;
  return { kind: "halted", code: row.rest_code, since: row.rest_since ?? 0, probeAt: row.probe_at ?? 0 };
}

/**
 * Halts the queue after a failure of the connection, or keeps it halted after a failed probe; probes come at growing
 * intervals up to 5 minutes. A request that was under way when the halt began is no probe. Answers true when the halt
 * begins: that is the moment for one alert.
 */
export async function haltQueue(code: string, db: Db = getDb(), now = Date.now()): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rest_code, rest_since, probe_at, probes } = await lockRows(
      tx,
      tx.selectFrom("sender").select(["rest_code", "rest_since", "probe_at", "probes"]).where("id", "=", ID),
    ).executeTakeFirstOrThrow();
    const isProbe = rest_code === null || (probe_at ?? 0) <= now;
    const pause = PROBE_AFTER_MS[Math.min(probes, PROBE_AFTER_MS.length - 1)] ?? 0;
    const next = { rest_since: rest_since ?? now, probe_at: now + pause, probes: probes + 1 };
    await tx
      .updateTable("sender")
      .set({ rest_code: code, ...(isProbe && next) })
      .where("id", "=", ID)
      .execute();
    return rest_code === null;
  });
}

export async function resumeQueue(db: Db = getDb()): Promise<void> {
  await resumeAll(db).where("rest_code", "is not", null).execute();
}

/** Resumes the queue if it is halted for this reason. */
export async function resumeQueueFrom(code: ErrorCode, db: Db = getDb()): Promise<void> {
  await resumeAll(db).where("rest_code", "=", code).execute();
}

function resumeAll(db: Db) {
  return db
    .updateTable("sender")
    .set({ rest_code: null, rest_since: null, probe_at: null, probes: 0 })
    .where("id", "=", ID);
}
