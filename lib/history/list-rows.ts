import "server-only";
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Db } from "@/lib/db/client";
import { AFTER_WORD } from "@/lib/db/name-parts";
import { toLatinSpelling } from "@/lib/domain/lead/latin-spelling";
import { keyKinds } from "@/lib/domain/lead/search-keys";
import { leadStates } from "@/lib/domain/lead/states";
import { type History, type Position, stateGroups } from "./schema";
import type { Search } from "./to-search";

export type Row = { id: string; value: string | number };

export type Wanted = {
  history: History;
  authorId?: string;
  without?: readonly string[];
  search?: Search;
  sort: { column: "created_at" | "name_key"; order: "asc" | "desc" };
  position?: Position;
  limit: number;
  /** Keeps the database from using the indexes of states, sources and times, which would be slow here. */
  ignoresIndexes?: boolean;
};

type Condition = RawBuilder<SqlBool>;

// Sorts after every other code point, so it ends a range of keys with the same prefix.
const LAST_CHARACTER = "\u{10ffff}";
const FEW = 2000;
const COMMONEST_STATE = "confirmed";
// With more leads than this, walking the sorted list is faster than collecting them by key. Measured with a million
// leads.
const FEW_KEYS = 5000;
// A lead may have several keys with the prefix, one for each word of its name.
const MAX_KEYS_PER_LEAD = 8;

/** Every path uses an index, so the time does not grow with the number of leads. */
export async function listRows(wanted: Wanted, db: Db): Promise<Row[]> {
  const { search } = wanted;
  if (!search) return selectLeads(wanted, [], db);

  const found = search.kommoId === undefined ? [] : [await selectByKommoId(wanted, search.kommoId, db)];
  for (const prefix of search.prefixes) found.push(await selectByPrefix(wanted, prefix, db));
  if (search.middle) found.push(await selectByMiddle(wanted, search.middle, db));
  const rows = merge(wanted, found);
  if (rows.length === wanted.limit || search.words.length < 2) return rows;
  const latin = search.words.map(toLatinSpelling).filter((word) => word !== "");
  return merge(wanted, [
    rows,
    await selectByWords(wanted, keyKinds.name, search.words, db),
    await selectByWords(wanted, keyKinds.latin, latin, db),
  ]);
}

/** Few leads are collected by key. If many match, walking the sorted list meets them soon. */
async function selectByPrefix(wanted: Wanted, prefix: string, db: Db): Promise<Row[]> {
  if ((await countKeys(prefix, db)) < FEW_KEYS) return selectByKey(wanted, prefix, [], db);
  return selectLeads(wanted, [hasKey(prefix)], db);
}

async function selectByMiddle(wanted: Wanted, middle: string, db: Db): Promise<Row[]> {
  const leads = await listByMiddle(middle, db);
  if (leads.length < FEW_KEYS) return selectOfIds(wanted, leads, db);
  // A `case`, because PostgreSQL expects a plain `like` to match almost nothing, and would read every lead.
  const isInName = sql<SqlBool>`case when leads.name_key like ${`%${middle}%`} then 1 else 0 end = 1`;
  return selectLeads(wanted, [isInName], db);
}

/** At most FEW_KEYS leads. SQLite keeps the order of a cross join, so it starts with the words. */
async function listByMiddle(middle: string, db: Db): Promise<{ id: string }[]> {
  const first = sql`${keyKinds.name} || name_parts.word`;
  const { rows } = await sql<{ id: string }>`
    select lead_keys.lead_id as id from name_parts cross join lead_keys
    where ${startsWithPrefix("name_parts.part", middle)}
      and lead_keys.key >= ${first} and lead_keys.key < ${first} || ${AFTER_WORD}
    limit ${FEW_KEYS}`.execute(db);
  return rows;
}

/** Every search word must start a word of the name, in any order. Each key has all words of the name. */
async function selectByWords(wanted: Wanted, kind: string, words: string[], db: Db): Promise<Row[]> {
  if (words.length === 0) return [];
  const [longest = "", ...others] = words.toSorted((a, b) => b.length - a.length);
  const have = others.map((word) => sql<SqlBool>`lead_keys.key like ${`% ${word}%`}`);
  return merge(wanted, [await selectByKey(wanted, kind + longest, have, db)]);
}

async function countKeys(prefix: string, db: Db): Promise<number> {
  const keys = db
    .selectFrom("lead_keys")
    .select("at")
    .where(startsWithPrefix("lead_keys.key", prefix))
    .limit(FEW_KEYS);
  const row = await db
    .selectFrom(keys.as("some"))
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** By time, each state has its own index, so several states are merged lists; an outcome has one too. By name see below. */
async function selectLeads(wanted: Wanted, more: Condition[], db: Db): Promise<Row[]> {
  const { state, source, outcome } = wanted.history;
  if (wanted.sort.column === "name_key") return selectByName(wanted, more, db);
  if (outcome || (!state && !source)) return selectAtOnce(wanted, more, db);

  const states = state
    ? stateGroups[state]
    : [COMMONEST_STATE, ...leadStates.filter((one) => one !== COMMONEST_STATE)];
  let rows: Row[] = [];
  for (const one of states) {
    const isState = sql<SqlBool>`leads.state = ${one}`;
    // When the page is full, only rows before its end can still be added.
    const end = rows[wanted.limit - 1];
    const isInTime = end ? [sql<SqlBool>`leads.created_at ${toDirection(wanted)} ${end.value}`] : [];
    rows = merge(wanted, [rows, await selectAtOnce(wanted, [isState, ...isInTime, ...more], db)]);
  }
  return rows;
}

function toDirection({ sort }: Wanted): RawBuilder<unknown> {
  return sql.raw(sort.order === "asc" ? "<=" : ">=");
}

/** Few leads are collected and sorted. With many, walking the list by name soon fills the page. */
async function selectByName(wanted: Wanted, more: Condition[], db: Db): Promise<Row[]> {
  const { state, outcome, source, from, to } = wanted.history;
  if (!state && !outcome && !source && !from && !to) return selectAtOnce(wanted, more, db);

  const narrow = {
    ...wanted,
    position: undefined,
    limit: FEW,
    sort: { column: "created_at", order: "desc" },
  } as const;
  const few = await selectLeads(narrow, more, db);
  if (few.length === FEW) return selectAtOnce({ ...wanted, ignoresIndexes: true }, more, db);
  return selectOfIds({ ...wanted, history: {} }, few, db);
}

async function selectByKommoId(wanted: Wanted, kommoId: number, db: Db): Promise<Row[]> {
  const leads = await db.selectFrom("leads").select("id").where("kommo_lead_id", "=", kommoId).execute();
  return selectOfIds(wanted, leads, db);
}

async function selectOfIds(wanted: Wanted, leads: { id: string }[], db: Db): Promise<Row[]> {
  if (leads.length === 0) return [];
  const ids = leads.map(({ id }) => id);
  return selectAtOnce({ ...wanted, ignoresIndexes: true }, [isOneOf(sql.ref("leads.id"), ids)], db);
}

async function selectAtOnce(wanted: Wanted, more: Condition[], db: Db): Promise<Row[]> {
  const { sort, limit, position } = wanted;
  const value = sql.ref<string | number>(`leads.${sort.column}`);
  return db
    .selectFrom("leads")
    .select(["leads.id", value.as("value")])
    .where((eb) =>
      eb.and([
        ...toConditions(wanted),
        ...(position ? [isAfterPosition(position, value, "leads.id", sort.order)] : []),
        ...more,
      ]),
    )
    .orderBy(value, sort.order)
    .orderBy("leads.id", sort.order)
    .limit(limit)
    .execute();
}

async function selectByKey(wanted: Wanted, prefix: string, more: Condition[], db: Db): Promise<Row[]> {
  const { sort, limit, position } = wanted;
  const at = sql.ref<string | number>("lead_keys.at");
  const ofLead = toLeadConditions({ ...wanted, ignoresIndexes: true });
  return db
    .selectFrom("lead_keys")
    .$if(ofLead.length > 0, (query) => query.innerJoin("leads", "leads.id", "lead_keys.lead_id"))
    .select(["lead_keys.lead_id as id", at.as("value")])
    .where((eb) =>
      eb.and([
        startsWithPrefix("lead_keys.key", prefix),
        ...toKeyConditions(wanted),
        ...ofLead,
        ...(position ? [isAfterPosition(position, at, "lead_keys.lead_id", sort.order)] : []),
        ...more,
      ]),
    )
    .orderBy(at, sort.order)
    .orderBy("lead_keys.lead_id", sort.order)
    .limit(limit * MAX_KEYS_PER_LEAD)
    .execute();
}

function toKeyConditions({ authorId, history: { author, from, to } }: Wanted): Condition[] {
  return [
    ...[authorId, author].flatMap((id) => (id ? [sql<SqlBool>`lead_keys.author_id = ${id}`] : [])),
    ...(from ? [sql<SqlBool>`lead_keys.at >= ${Date.parse(from)}`] : []),
    ...(to ? [sql<SqlBool>`lead_keys.at < ${Date.parse(to)}`] : []),
  ];
}

function toLeadConditions({ without, ignoresIndexes, history }: Wanted): Condition[] {
  const { state, outcome, source } = history;
  // Neither database uses an index for a column inside an expression.
  const toColumn = (name: string) => (ignoresIndexes ? sql`(${sql.ref(name)} || '')` : sql.ref(name));
  return [
    ...(state ? [isOneOf(toColumn("leads.state"), stateGroups[state])] : []),
    ...(outcome ? [sql<SqlBool>`${toColumn("leads.outcome")} = ${outcome}`, isInKommo] : []),
    ...(without ? [sql<SqlBool>`not ${isOneOf(toColumn("leads.state"), without)}`] : []),
    ...(source ? [sql<SqlBool>`${toColumn("leads.source")} = ${source}`] : []),
  ];
}

// Only what is in Kommo has an outcome there; after a restore, some that are looked for have one of before.
const isInKommo = isOneOf(sql`(leads.state || '')`, stateGroups.in_kommo);

function toConditions(wanted: Wanted): Condition[] {
  const { authorId, ignoresIndexes } = wanted;
  const { from, to, author } = wanted.history;
  const at = ignoresIndexes ? sql`(leads.created_at + 0)` : sql`leads.created_at`;
  return [
    ...[authorId, author].flatMap((id) => (id ? [sql<SqlBool>`leads.author_id = ${id}`] : [])),
    ...(from ? [sql<SqlBool>`${at} >= ${Date.parse(from)}`] : []),
    ...(to ? [sql<SqlBool>`${at} < ${Date.parse(to)}`] : []),
    ...toLeadConditions(wanted),
  ];
}

function isOneOf(column: RawBuilder<unknown>, texts: readonly string[]): Condition {
  return sql<SqlBool>`${column} in (${sql.join(texts)})`;
}

function isAfterPosition(
  [value, id]: Position,
  column: RawBuilder<unknown>,
  idColumn: string,
  order: "asc" | "desc",
): Condition {
  return sql<SqlBool>`(${column}, ${sql.ref(idColumn)}) ${sql.raw(order === "asc" ? ">" : "<")} (${value}, ${id})`;
}

// A value instead of `exists`, which PostgreSQL would turn into a join that reads all keys with the prefix first.
function hasKey(prefix: string): Condition {
  return sql<SqlBool>`(select 1 from lead_keys as held where held.lead_id = leads.id
    and ${startsWithPrefix("held.key", prefix)} limit 1) is not null`;
}

function startsWithPrefix(column: string, prefix: string): Condition {
  return sql<SqlBool>`(${sql.ref(column)} >= ${prefix} and ${sql.ref(column)} < ${prefix + LAST_CHARACTER})`;
}

function merge({ sort, limit }: Wanted, lists: Row[][]): Row[] {
  const rows = [...new Map(lists.flat().map((row) => [row.id, row])).values()];
  const sign = sort.order === "asc" ? 1 : -1;
  return rows.sort((a, b) => sign * compare(a, b)).slice(0, limit);
}

// Both databases compare these texts by code points, not by a language's alphabet.
function compare(a: Row, b: Row): number {
  if (a.value === b.value) return a.id < b.id ? -1 : 1;
  if (typeof a.value === "number" && typeof b.value === "number") return a.value - b.value;
  return Buffer.compare(Buffer.from(String(a.value)), Buffer.from(String(b.value)));
}
