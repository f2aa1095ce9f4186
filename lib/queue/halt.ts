import "server-only";
import { tellTime } from "@/lib/clock";
import { lockInForce } from "@/lib/connection/lock-in-force";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import type { ErrorCode } from "@/lib/errors";
import type { Connection } from "@/lib/kommo/schema";
import { CONNECTED_AGAIN } from "./constants";
import type { StoredStop } from "./schema";

const ID = "outbox";
const SECOND = 1000;
const PROBE_AFTER_MS = [30 * SECOND, 60 * SECOND, 120 * SECOND, 300 * SECOND];
const SOON_MS = 300 * SECOND;

/** What keeps the whole queue: a person's pause, or Kommo's refusal of the connection with the time of the next probe. */
export async function findQueueStop(db: Db = getDb()): Promise<StoredStop | undefined> {
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

/** What Kommo refused: to be asked, or to be given leads. */
export type RefusedCall = "reading" | "sending";

/** Kommo answers probes and refuses the leads themselves. */
const SENDING_REFUSED = "sending_refused";

/** A refusal that says itself what is to be done. */
function isNamed(code: string): boolean {
  return code === "scope_missing" || CONNECTED_AGAIN.includes(code);
}

/**
 * Halts the queue after a failure of the connection, or keeps it halted after a failed probe; probes come at growing
 * intervals up to 5 minutes. A request that was under way when the halt began is no probe. When a probe has succeeded and
 * the next delivery is refused all the same, it is the same halt that goes on, and its code says so; of readings, only one
 * that is refused soon after the probe. Answers true when the halt begins: that is the moment for one alert. Nothing halts
 * where an admin has replaced the connection `asked` meanwhile.
 */
export async function haltQueue(
  code: string,
  db: Db = getDb(),
  now = tellTime(),
  call: RefusedCall = "reading",
  asked?: Connection,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (asked && !(await lockInForce(asked, tx))) return false;
    const { rest_code, rest_since, probe_at, probes } = await lockRows(
      tx,
      tx.selectFrom("sender").select(["rest_code", "rest_since", "probe_at", "probes"]).where("id", "=", ID),
    ).executeTakeFirstOrThrow();
    const isOnTrial = probes > 0 && (call === "sending" || now - (probe_at ?? 0) < SOON_MS);
    const isNew = rest_code === null && !isOnTrial;
    const isProbe = rest_code === null || (probe_at ?? 0) <= now;
    const failures = isNew ? 0 : probes;
    const pause = PROBE_AFTER_MS[Math.min(failures, PROBE_AFTER_MS.length - 1)] ?? 0;
    const since = isNew ? now : (rest_since ?? now);
    const next = { rest_since: since, probe_at: now + pause, probes: failures + 1 };
    const isProbedWell = rest_code === SENDING_REFUSED || (rest_code === null && isOnTrial);
    await tx
      .updateTable("sender")
      .set({
        rest_code: call === "sending" && isProbedWell && !isNamed(code) ? SENDING_REFUSED : code,
        ...(isProbe && next),
      })
      .where("id", "=", ID)
      .execute();
    return isNew;
  });
}

/** Refusals that say less than whoever tells us why Kommo refuses. */
const VAGUE: readonly ErrorCode[] = ["token_refused", "access_refused", "grant_revoked"];

/**
 * Halts the queue on somebody's word, and has Kommo asked in the next round whether it is true: a queue that is halted
 * already stays halted since then, and for its own reason unless that one is vague.
 */
export async function haltOnWord(code: ErrorCode, db: Db = getDb(), now = tellTime()): Promise<void> {
  await db
    .updateTable("sender")
    .set((eb) => ({
      rest_code: code,
      rest_since: eb.case().when("rest_code", "is", null).then(now).else(eb.ref("rest_since")).end(),
      probe_at: now,
      probes: eb.case().when("rest_code", "is", null).then(0).else(eb.ref("probes")).end(),
    }))
    .where("id", "=", ID)
    .where((eb) => eb.or([eb("rest_code", "is", null), eb("rest_code", "in", VAGUE)]))
    .execute();
}

/** After a probe that succeeded. Until a lead has arrived the queue is on trial: a refusal may be the same halt. */
export async function resumeAfterProbe(db: Db = getDb()): Promise<void> {
  await db.updateTable("sender").set({ rest_code: null }).where("id", "=", ID).execute();
}

/** With another connection everything begins anew. */
export async function resumeQueue(db: Db = getDb()): Promise<void> {
  await resumeAll(db).execute();
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
