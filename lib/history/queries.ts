import "server-only";
import { sql } from "kysely";
import type { CountryCode } from "libphonenumber-js";
import { recordSearch } from "@/lib/audit/record-search";
import { type Db, getDb } from "@/lib/db/client";
import { listWaitingForPerson } from "@/lib/delivery/queries";
import { type Delivery, MOST_STUCK } from "@/lib/delivery/schema";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { statesToDecide } from "@/lib/domain/lead/states";
import { listSummaries, type Scope, toScope } from "@/lib/leads/queries";
import { FORM_ROLE, type Person } from "@/lib/people/schema";
import { findDefaultCountry } from "@/lib/published-mapping/queries";
import { listRows, type Row, type Wanted } from "./list-rows";
import { type Chosen, type History, isNarrowed, type StateGroup, toCursor, toPosition } from "./schema";
import { toSearch } from "./to-search";

export type Page = { leads: LeadSummary[]; next?: string; previous?: string };

const PAGE = 50;
const SORTS = {
  newest: { column: "created_at", order: "desc" },
  oldest: { column: "created_at", order: "asc" },
  name: { column: "name_key", order: "asc" },
  name_desc: { column: "name_key", order: "desc" },
} as const;
const KINDS = { created_at: "number", name_key: "string" } as const;

/**
 * New and deleted leads do not shift a page. An unfiltered list leaves out the leads that need attention, which are
 * shown above it.
 */
export async function getPage(
  history: History,
  scope: Scope,
  db: Db = getDb(),
  country?: CountryCode,
): Promise<Page> {
  const wanted = toWanted(history, scope, country ?? (await findDefaultCountry(db)));
  const kind = KINDS[wanted.sort.column];
  const before = toPosition(history.before, kind);
  if (before) {
    const { column, order } = wanted.sort;
    const back = { column, order: order === "asc" ? "desc" : "asc" } as const;
    const rows = await listRows({ ...wanted, sort: back, position: before, limit: PAGE + 1 }, db);
    if (rows.length > PAGE) {
      return toPage(rows.slice(0, PAGE).reverse(), { hasPrevious: true, hasNext: true }, db);
    }
  }

  const after = before ? undefined : toPosition(history.after, kind);
  const rows = await listRows({ ...wanted, position: after, limit: PAGE + 1 }, db);
  return toPage(rows.slice(0, PAGE), { hasPrevious: after !== undefined, hasNext: rows.length > PAGE }, db);
}

/** The page for that person. A search in the leads of everyone leaves a line in the log. */
export async function openPage(
  history: History,
  reader: Person,
  db: Db = getDb(),
  now = Date.now(),
  country?: CountryCode,
): Promise<Page> {
  const scope = toScope(reader);
  const isForeign = scope.authorId === undefined && history.author !== reader.id;
  if (history.q !== undefined && isForeign) await recordSearch(reader.id, db, now);
  return getPage(history, scope, db, country);
}

/** All leads of the list in its order, in portions, so that a million need no more memory than a thousand. */
export async function* streamLeads(
  history: History,
  scope: Scope,
  portion: number,
  db: Db = getDb(),
  country?: CountryCode,
): AsyncGenerator<string[]> {
  const narrowed = toWanted(history, scope, country ?? (await findDefaultCountry(db)));
  const wanted = { ...narrowed, without: undefined, limit: portion };
  for (let last: Row | undefined; ; ) {
    const rows = await listRows({ ...wanted, position: last && [last.value, last.id] }, db);
    if (rows.length > 0) yield rows.map(({ id }) => id);
    last = rows.at(-1);
    if (rows.length < portion) return;
  }
}

/** Of the chosen leads, those that wait for a person: at most as many as the delivery page shows. */
export async function listChosenStuck(
  chosen: Chosen,
  db: Db = getDb(),
  country?: CountryCode,
): Promise<Delivery["stuck"]> {
  const ids = "ids" in chosen ? chosen.ids : await listStuckIds(chosen.filter, db, country);
  return ids.length === 0 ? [] : listWaitingForPerson(ids, db);
}

async function listStuckIds(filter: History, db: Db, country?: CountryCode): Promise<string[]> {
  const ids: string[] = [];
  for (const state of ["needs_fix", "needs_admin"] as const) {
    const group = state === "needs_fix" ? "needs_you" : state;
    if (filter.state && filter.state !== group) continue;
    const narrowed = { ...filter, state: group } as const;
    const wanted = toWanted(narrowed, {}, country ?? (await findDefaultCountry(db)));
    ids.push(...(await listRows({ ...wanted, limit: MOST_STUCK }, db)).map(({ id }) => id));
  }
  return ids.slice(0, MOST_STUCK);
}

/** Ids of the chosen leads that may wait to be checked: of a filter as many as can be decided at once. */
export async function listChosenToCheck(
  chosen: Chosen,
  db: Db = getDb(),
  country?: CountryCode,
): Promise<string[]> {
  if ("ids" in chosen) return chosen.ids;
  if (chosen.filter.state !== "to_check") return [];
  const wanted = toWanted(chosen.filter, {}, country ?? (await findDefaultCountry(db)));
  return (await listRows({ ...wanted, limit: MOST_STUCK }, db)).map(({ id }) => id);
}

function toWanted(history: History, { authorId }: Scope, country: CountryCode): Omit<Wanted, "limit"> {
  return {
    history,
    authorId,
    without: isNarrowed(history) ? undefined : statesToDecide,
    search: history.q === undefined ? undefined : toSearch(history.q, country),
    sort: SORTS[history.q !== undefined && isByName(history) ? "newest" : (history.sort ?? "newest")],
  };
}

function isByName({ sort }: History): boolean {
  return sort === "name" || sort === "name_desc";
}

async function toPage(rows: Row[], ends: { hasPrevious: boolean; hasNext: boolean }, db: Db): Promise<Page> {
  const [first, last] = [rows.at(0), rows.at(-1)];
  return {
    leads: await listSummaries(
      rows.map(({ id }) => id),
      db,
    ),
    ...(first && ends.hasPrevious && { previous: toCursor([first.value, first.id]) }),
    ...(last && ends.hasNext && { next: toCursor([last.value, last.id]) }),
  };
}

const MAX_COUNTED = 1000;

/** The numbers of leads in the list that wait for somebody or something, whatever state or outcome is chosen; 1000 means 1000 or more. */
export async function countWaiting(history: History, scope: Scope, db: Db = getDb(), country?: CountryCode) {
  const usedCountry = country ?? (await findDefaultCountry(db));
  const count = async (state: StateGroup) => {
    const wanted = toWanted({ ...history, state, outcome: undefined, sort: undefined }, scope, usedCountry);
    return (await listRows({ ...wanted, limit: MAX_COUNTED }, db)).length;
  };
  return {
    needs_you: await count("needs_you"),
    needs_admin: await count("needs_admin"),
    waiting: await count("waiting"),
    // No website form is a seller's.
    ...(scope.authorId === undefined && { to_check: await count("to_check") }),
  };
}

const MAX_SOURCES = 200;

/** Every source, found by skipping from one to the next in the index instead of reading all leads. */
export async function listAllSources({ authorId }: Scope, db: Db = getDb()): Promise<string[]> {
  const own = authorId === undefined ? sql`` : sql`author_id = ${authorId} and`;
  const { rows } = await sql<{ source: string }>`with recursive known(source) as (
      select (select min(source) from leads where ${own} source is not null)
      union all
      select (select min(source) from leads where ${own} source > known.source)
      from known where known.source is not null
    )
    select source from known where source is not null limit ${MAX_SOURCES}`.execute(db);
  return rows.map(({ source }) => source);
}

/** Including disabled people, and the website forms. */
export async function listAuthors(db: Db = getDb()) {
  const people = await db.selectFrom("people").select(["id", "name", "role"]).orderBy("name").execute();
  return people.map(({ id, name, role }) => ({ id, author: name, byForm: role === FORM_ROLE }));
}
