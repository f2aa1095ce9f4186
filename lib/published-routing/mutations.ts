import "server-only";
import { sql } from "kysely";
import { type Db, lockRows } from "@/lib/db/client";
import type { RouteDecision } from "@/lib/domain/routing/schema";
import { toDecision } from "./queries";

/** What a lead has before it is decided who gets it. */
export const UNDECIDED = { routed_at: null, route_user: null, route_refused_at: null, route: null };

/** Adds what these decisions have changed: two statements, however many there are. */
export async function countDecisions(decisions: RouteDecision[], tx: Db): Promise<void> {
  await addTimes(1, decisions, tx);
}

/**
 * Decisions that are undone: each turn is the person's again, and the lead counts for nobody. Where Kommo has refused the
 * recipient, that was done at once.
 */
export async function giveBackTurns(
  leads: { route: string | null; route_refused_at: number | null }[],
  tx: Db,
): Promise<void> {
  const counted = leads.filter(({ route_refused_at }) => route_refused_at === null);
  const decisions = counted.flatMap(({ route }) => toDecision(route) ?? []);
  await addTimes(-1, decisions, tx);
}

async function addTimes(times: 1 | -1, decisions: RouteDecision[], tx: Db): Promise<void> {
  const turns = decisions.flatMap(({ pool, credits }) =>
    pool ? credits.map(({ userId, credit }) => ({ group: String(pool.id), userId, by: times * credit })) : [],
  );
  const days = decisions.flatMap(({ day, user }) =>
    user ? [{ group: day, userId: user.id, by: times }] : [],
  );
  await addTurns(toSums(turns), tx);
  await addDays(toSums(days), tx);
}

/**
 * These claimed leads go without a recipient from now on (epoch ms). Who would have got one has the turn again, and the lead
 * does not count for them.
 */
export async function dropRecipients(
  ids: string[],
  { now, epoch }: { now: number; epoch: number },
  tx: Db,
): Promise<void> {
  if (ids.length === 0) return;
  const leads = await lockRows(
    tx,
    tx
      .selectFrom("leads")
      .select(["id", "route", "route_refused_at"])
      .where("id", "in", ids)
      .where("claim_epoch", "=", epoch)
      .where("state", "in", ["sending", "checking"])
      .where("route_refused_at", "is", null),
  ).execute();
  if (leads.length === 0) return;
  await tx
    .updateTable("leads")
    .set({ route_user: null, route_refused_at: now })
    .where(
      "id",
      "in",
      leads.map(({ id }) => id),
    )
    .execute();
  await giveBackTurns(leads, tx);
}

/** They are passed over until a person lets them be tried again. */
export async function markRefusedRecipients(userIds: number[], now: number, tx: Db): Promise<void> {
  const ids = [...new Set(userIds)].sort((a, b) => a - b);
  if (ids.length === 0) return;
  await tx
    .insertInto("recipients")
    .values(ids.map((user_id) => ({ user_id, paused_at: null, paused_by: null, refused_at: now })))
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet({ refused_at: now }))
    .execute();
}

type Change = { group: string; userId: number; by: number };

/** Always in the same order, so that two transactions wait for each other and never in a circle. */
function toSums(changes: Change[]): Change[] {
  const sums = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.group} ${change.userId}`;
    sums.set(key, { ...change, by: (sums.get(key)?.by ?? 0) + change.by });
  }
  return [...sums.values()].sort((a, b) => a.userId - b.userId || (a.group < b.group ? -1 : 1));
}

async function addTurns(changes: Change[], tx: Db): Promise<void> {
  if (changes.length === 0) return;
  await tx
    .insertInto("turns")
    .values(changes.map(({ group, userId, by }) => ({ pool_id: group, user_id: userId, credit: by })))
    .onConflict((conflict) =>
      conflict
        .columns(["pool_id", "user_id"])
        .doUpdateSet({ credit: sql<number>`turns.credit + excluded.credit` }),
    )
    .execute();
}

async function addDays(changes: Change[], tx: Db): Promise<void> {
  if (changes.length === 0) return;
  await tx
    .insertInto("recipient_days")
    .values(changes.map(({ group, userId, by }) => ({ day: group, user_id: userId, leads: by })))
    .onConflict((conflict) =>
      conflict
        .columns(["day", "user_id"])
        .doUpdateSet({ leads: sql<number>`recipient_days.leads + excluded.leads` }),
    )
    .execute();
}
