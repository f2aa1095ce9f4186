import "server-only";
import { sql } from "kysely";
import { findCatalogue } from "@/lib/account/queries";
import type { Db } from "@/lib/db/client";
import type { LeadToRoute } from "@/lib/domain/routing/fits-rule";
import { toLocalDay } from "@/lib/domain/routing/hours";
import { routeLeads, routeToNobody, toTurnKey } from "@/lib/domain/routing/route-leads";
import type { RouteDecision, Routing } from "@/lib/domain/routing/schema";
import { log } from "@/lib/log";
import { findMapping } from "@/lib/published-mapping/queries";
import { countDecisions } from "@/lib/published-routing/mutations";
import { findRouting } from "@/lib/published-routing/queries";
import { listKnownUsers, listUsersOfAuthors, toAccountZone } from "./queries";

/**
 * Decides who gets each of these leads and writes it to them, in the transaction that claims them: with the lock of the
 * sender, so that no two processes count the same turn. A few statements for a batch, however many leads it has. Rules that
 * cannot be followed give the leads to nobody; none is held up. `owners`: who is responsible in Kommo for a lead's contact, by
 * the lead's id. `now` in epoch milliseconds.
 */
export async function routeBatch(
  leads: LeadToRoute[],
  owners: ReadonlyMap<string, number>,
  now: number,
  tx: Db,
): Promise<Map<string, RouteDecision>> {
  if (leads.length === 0) return new Map();
  const decisions = await decideOrNobody(leads, owners, now, tx);
  if (decisions.size === 0) return decisions;
  await writeDecisions(decisions, tx);
  await countDecisions([...decisions.values()], tx);
  return decisions;
}

/** What cannot be read is as good as a rule that cannot be followed. A database that is away fails the next statement too. */
async function decideOrNobody(
  leads: LeadToRoute[],
  owners: ReadonlyMap<string, number>,
  now: number,
  tx: Db,
): Promise<Map<string, RouteDecision>> {
  try {
    const published = await findRouting(tx);
    if (!published || published.routing.rules.length === 0) return new Map();
    const situation = await getSituation(published.routing, leads, now, tx);
    return routeLeads(leads, { ...situation, owners }, (error) =>
      log.error({ err: error }, "a lead could not be distributed"),
    );
  } catch (error) {
    log.error({ err: error }, "leads could not be distributed");
    return routeToNobody(leads);
  }
}

async function getSituation(routing: Routing, leads: LeadToRoute[], at: number, tx: Db) {
  const { mapping } = (await findMapping(tx)) ?? {};
  const catalogue = await findCatalogue(tx);
  const zone = toAccountZone(catalogue, mapping);
  const users = listKnownUsers(catalogue);
  const recipients = await tx
    .selectFrom("recipients")
    .select(["user_id", "paused_at", "refused_at"])
    .execute();
  const turns = await tx.selectFrom("turns").selectAll().execute();
  const days = await tx
    .selectFrom("recipient_days")
    .select(["user_id", "leads"])
    .where("day", "=", toLocalDay(at, zone))
    .execute();
  const asksForAuthors = routing.rules.some(({ to }) => to.kind === "author");
  const authors = asksForAuthors ? leads.map(({ authorId }) => authorId) : [];
  return {
    ...{ at, zone, routing, users, sources: mapping?.sources ?? [] },
    userOfAuthor: await listUsersOfAuthors(authors, users, tx),
    paused: toIds(recipients.filter(({ paused_at }) => paused_at !== null)),
    refused: toIds(recipients.filter(({ refused_at }) => refused_at !== null)),
    credits: new Map(turns.map(({ pool_id, user_id, credit }) => [toTurnKey(pool_id, user_id), credit])),
    today: new Map(days.map(({ user_id, leads: count }) => [user_id, count])),
  };
}

function toIds(rows: { user_id: number }[]): Set<number> {
  return new Set(rows.map(({ user_id }) => user_id));
}

async function writeDecisions(decisions: Map<string, RouteDecision>, tx: Db): Promise<void> {
  const rows = [...decisions].map(
    ([id, decision]) =>
      sql`(${id}, cast(${decision.user?.id ?? null} as bigint), ${JSON.stringify(decision)})`,
  );
  await sql`with decided (id, user_id, route) as (values ${sql.join(rows)})
    update leads set route_user = decided.user_id, route = decided.route
    from decided where leads.id = decided.id`.execute(tx);
}
