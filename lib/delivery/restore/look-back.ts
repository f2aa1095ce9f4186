import "server-only";
import { lockInForce } from "@/lib/connection/lock-in-force";
import { getConnection } from "@/lib/connection/queries";
import type { Db } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import { backoffMs } from "@/lib/delivery/backoff";
import { BROUGHT_BACK_MS, WIDE_MARGIN_SECONDS } from "@/lib/delivery/constants";
import type { Duty } from "@/lib/delivery/duty";
import { excuseForbidden } from "@/lib/delivery/excuse-forbidden";
import { findByReference } from "@/lib/delivery/verify/find-by-reference";
import { toSeconds } from "@/lib/delivery/verify/match";
import { toOurIds } from "@/lib/delivery/verify/search";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { getAccount } from "@/lib/kommo/catalogue";
import type { CallOptions } from "@/lib/kommo/client";
import { listIncomingLeads } from "@/lib/kommo/incoming-leads";
import type { Connection } from "@/lib/kommo/schema";
import { listGone } from "@/lib/leads/gone-leads";
import { log } from "@/lib/log";
import { findReferenceFields } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { toLeaving } from "@/lib/rate-limit/take-slot";
import { verifyCopiedBack } from "./after-restore";

const PATIENCE_MS = 2 * 60_000;
const LONGEST_PAUSE_MS = 30_000;

type Clocks = {
  /** Milliseconds by a clock that only goes forward, and that no copy of the database sets back. */
  steady?: () => number;
  /** Told when leads begin to leave although Kommo's lists cannot be read, and when they can be. */
  tell?: (isUnread: boolean) => void;
};

/** What one epoch of the lease has found out by the connection that an admin has set at that time. */
type State = {
  epoch: number;
  setAt: number | undefined;
  isOver: boolean;
  tries: number;
  dueAt: number;
  unreadSince?: number;
};

/**
 * What each holder of the lease asks before it sends, and again by a connection that an admin has replaced: whether Kommo has a lead of ours that this database says has never
 * left, or one above all that Kommo has ever given it. Then the database was copied back, and everything is verified. A look
 * that fails is repeated. A Kommo that does not even tell its account would take no leads either, so they wait with it; where
 * it tells that, and for two minutes not its lists, leads leave without the look, which is repeated between them.
 */
export function createLookBack({
  steady = () => performance.now(),
  tell = () => undefined,
}: Clocks = {}): (duty: Duty) => Promise<boolean> {
  let state = begin(0, undefined);

  return async (duty) => {
    const asked = await getConnection(duty.db, duty.now);
    if (state.epoch !== duty.epoch || state.setAt !== asked.setAt) state = begin(duty.epoch, asked.setAt);
    if (state.isOver) return true;
    if (state.dueAt > steady()) return mayLeave();
    let isAnswering = false;
    try {
      if (state.tries > 0) isAnswering = await isTold(duty, asked);
      const sign = await findSign(duty, asked).catch((error) =>
        excuseForbidden(error, toOptions(duty, asked)),
      );
      if (sign) await verifySigned(sign, duty, asked);
      end();
      return sign === undefined && (await getConnection(duty.db, duty.now)).setAt === asked.setAt;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await adjustToAnswer(error, undefined, duty.db, duty.now());
      repeatLater(error, isAnswering, duty);
      return mayLeave();
    }
  };

  function mayLeave(): boolean {
    return state.unreadSince !== undefined && steady() - state.unreadSince >= PATIENCE_MS;
  }

  function end(): void {
    state.isOver = true;
    tell(false);
  }

  function repeatLater({ code, kind }: AppError, isAnswering: boolean, { random }: Duty): void {
    const couldLeave = mayLeave();
    state.tries += 1;
    state.dueAt = steady() + Math.min(backoffMs(state.tries, random), LONGEST_PAUSE_MS);
    state.unreadSince = isAnswering && kind !== "connection" ? (state.unreadSince ?? steady()) : undefined;
    if (!mayLeave()) return;
    tell(true);
    if (!couldLeave)
      log.error({ code }, "Kommo's lists cannot be read: a database copied back is not noticed");
  }
}

function begin(epoch: number, setAt: number | undefined): State {
  return { epoch, setAt, isOver: false, tries: 0, dueAt: Number.NEGATIVE_INFINITY };
}

/** True, or throws what callKommo throws. */
async function isTold(duty: Duty, asked: Connection): Promise<true> {
  await getAccount(toOptions(duty, asked));
  return true;
}

function toOptions({ db, now, network }: Duty, asked: Connection): CallOptions {
  return { ...toLeaving(db, now, network), connection: { ...asked } };
}

type Unsent = { id: string; createdAt: number };
/** That the database was copied back. `newestId`: the highest id of Kommo that says so, where no lead of ours says it. */
type Sign = { newestId: number };

async function verifySigned({ newestId }: Sign, { db, now, epoch }: Duty, asked: Connection): Promise<void> {
  // Whatever it was, it is a sign only once, and only of the account that it was seen in.
  await verifyCopiedBack(
    (sender, tx) => sender.epoch === epoch && lockInForce(asked, tx),
    { now: now(), lastLeadId: newestId },
    db,
  );
}

async function findSign(duty: Duty, asked: Connection): Promise<Sign | undefined> {
  const { db, now } = duty;
  const unsent = await listUnsent(db, now());
  if (unsent.length === 0) return undefined;
  const options = toOptions(duty, asked);
  const { last_lead_id } = await db.selectFrom("sender").select("last_lead_id").executeTakeFirstOrThrow();
  return (
    (await findAmongIncoming(unsent, last_lead_id, options, db)) ??
    (await findReferred(unsent, last_lead_id, options, db))
  );
}

/**
 * Those that have never left, as far as the database knows. Kommo is not read back for months because of one that waits to be
 * checked. One with a time to settle is looked for before it leaves in any
 * case, as a restore wants of what was withdrawn: it would be a sign again and again.
 */
function listUnsent(db: Db, now: number): Promise<Unsent[]> {
  return db
    .selectFrom("leads")
    .select(["id", "created_at as createdAt"])
    .where("sent_at", "is", null)
    .where("settles_at", "is", null)
    .where("state", "!=", "confirmed")
    .where((eb) =>
      eb.or([eb("state", "not in", ["withdrawn", "to_check"]), eb("created_at", ">", now - BROUGHT_BACK_MS)]),
    )
    .execute();
}

async function findAmongIncoming(
  unsent: Unsent[],
  lastLeadId: number,
  options: CallOptions,
  db: Db,
): Promise<Sign | undefined> {
  const ids = new Set(unsent.map(({ id }) => id));
  const page = `${getEnv().appUrl}/leads/`;
  const { leads } = await listIncomingLeads(toSince(unsent), options);
  const found = leads.flatMap(toOurIds).filter((id) => ids.has(id));
  if (await isAnyUnsent(found, db)) return { newestId: 0 };
  const ofThisDesk = leads.filter((item) => item.formPage?.includes(page) && item.leadId > lastLeadId);
  return findUnknown(
    ofThisDesk.flatMap((item) => toOurIds(item).map((id) => ({ id, leadId: item.leadId }))),
    db,
  );
}

/** Asked after Kommo: while its lists are read, leads go on leaving. */
async function isAnyUnsent(ids: string[], db: Db): Promise<boolean> {
  for await (const some of inTurns(ids)) {
    const query = db.selectFrom("leads").select("id").where("id", "in", some).where("sent_at", "is", null);
    if (await query.limit(1).executeTakeFirst()) return true;
  }
  return false;
}

async function findUnknown(found: { id: string; leadId: number }[], db: Db): Promise<Sign | undefined> {
  const unknown = new Set(found.map(({ id }) => id));
  for await (const some of inTurns([...unknown])) {
    const saved = await db.selectFrom("leads").select("id").where("id", "in", some).execute();
    for (const { id } of saved) unknown.delete(id);
    for (const [id, gone] of await listGone(some, db)) if (gone === "deleted") unknown.delete(id);
  }
  if (unknown.size === 0) return undefined;
  return { newestId: found.reduce((most, { leadId }) => Math.max(most, leadId), 0) };
}

async function findReferred(
  unsent: Unsent[],
  lowestId: number,
  options: CallOptions,
  db: Db,
): Promise<Sign | undefined> {
  const fieldIds = await findReferenceFields(db);
  if (fieldIds.size === 0) return undefined;
  const where = { fieldIds, lowestId, since: toSince(unsent) };
  const { found } = await findByReference(new Set(unsent.map(({ id }) => id)), where, options);
  return (await isAnyUnsent([...found.keys()], db)) ? { newestId: 0 } : undefined;
}

function toSince(unsent: Unsent[]): number {
  const first = unsent.reduce((least, { createdAt }) => Math.min(least, createdAt), Number.POSITIVE_INFINITY);
  return toSeconds(first) - WIDE_MARGIN_SECONDS;
}
