import "server-only";
import { sql } from "kysely";
import type { CountryCode } from "libphonenumber-js";
import { type Db, getDb } from "@/lib/db/client";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { listSummaries } from "@/lib/leads/queries";
import { findDefaultCountry } from "@/lib/published-mapping/queries";
import { listRows, type Row, type Wanted } from "./list-rows";
import { type History, isNarrowed, type StateGroup, stateGroups, toCursor, toPosition } from "./schema";
import { toSearch } from "./to-search";

type Scope = { authorId?: string };

export type Page = { leads: LeadSummary[]; next?: string; previous?: string };

const PAGE = 50;
const STUCK: readonly string[] = ["needs_fix", "needs_admin"];
const SORTS = {
  newest: { column: "created_at", order: "desc" },
  oldest: { column: "created_at", order: "asc" },
  name: { column: "name_key", order: "asc" },
  name_desc: { column: "name_key", order: "desc" },
} as const;

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
  const before = toPosition(history.before);
  if (before) {
    const { column, order } = wanted.sort;
    const back = { column, order: order === "asc" ? "desc" : "asc" } as const;
    const rows = await listRows({ ...wanted, sort: back, position: before, limit: PAGE + 1 }, db);
    if (rows.length > PAGE) {
      return toPage(rows.slice(0, PAGE).reverse(), { hasPrevious: true, hasNext: true }, db);
    }
  }

  const after = before ? undefined : toPosition(history.after);
  const rows = await listRows({ ...wanted, position: after, limit: PAGE + 1 }, db);
  return toPage(rows.slice(0, PAGE), { hasPrevious: after !== undefined, hasNext: rows.length > PAGE }, db);
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

function toWanted(history: History, { authorId }: Scope, country: CountryCode): Omit<Wanted, "limit"> {
  return {
    history,
    authorId,
    without: isNarrowed(history) ? undefined : STUCK,
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

/** The numbers of leads that wait for somebody or something; 1000 means 1000 or more. */
export async function countWaiting({ authorId }: Scope, db: Db = getDb()) {
  const count = async (group: StateGroup) => {
    const { leads } = await db
      .selectFrom((from) =>
        from
          .selectFrom("leads")
          .select(sql`1`.as("one"))
          .where("state", "in", stateGroups[group])
          .$if(authorId !== undefined, (query) => query.where("author_id", "=", authorId ?? ""))
          .limit(MAX_COUNTED)
          .as("some"),
      )
      .select((eb) => eb.fn.countAll<number>().as("leads"))
      .executeTakeFirstOrThrow();
    return Number(leads);
  };
  return {
    needs_you: await count("needs_you"),
    needs_admin: await count("needs_admin"),
    waiting: await count("waiting"),
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

/** Including disabled people. */
export async function listAuthors(db: Db = getDb()) {
  const people = await db.selectFrom("people").select(["id", "name"]).orderBy("name").execute();
  return people.map(({ id, name }) => ({ id, name }));
}
