import "server-only";
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Db } from "@/lib/db/client";
import { AFTER_WORD } from "@/lib/db/name-parts";
import { keyKinds } from "@/lib/domain/lead/search-keys";
import { leadStates } from "@/lib/domain/lead/states";
import { type History, type Place, stateGroups } from "./schema";
import type { Search } from "./to-search";

/** A lead's id, and the value by which it takes its place in the list. */
export type Row = { id: string; value: string | number };

export type Wanted = {
  history: History;
  authorId?: string;
  /** States that the list leaves out. */
  without?: readonly string[];
  /** Its results are sorted by time. */
  search?: Search;
  sort: { column: "created_at" | "name_key"; order: "asc" | "desc" };
  /** Only what comes after it. */
  place?: Place;
  limit: number;
  /** Another index leads the way: those of states, sources and times would lead astray. */
  isPassedOver?: boolean;
};

type Condition = RawBuilder<SqlBool>;

// Behind every other code point, so that it ends a range of everything with one beginning.
const LAST = "\u{10ffff}";
const FEW = 2000;
const MOST_ARE = "confirmed";
// Where collecting so many leads by their keys takes as long as looking through the list, of a million, for a page.
const SOME = 5000;
// A lead may be found by several keys, one for each word of its name at the most.
const KEYS_OF_ONE = 8;

/** The next rows of the list in its order. Every way there is an index: none depends on how many leads there are. */
export async function findRows(wanted: Wanted, db: Db): Promise<Row[]> {
  const { search } = wanted;
  if (!search) return selectLeads(wanted, [], db);

  const found = search.kommoId === undefined ? [] : [await selectByKommoId(wanted, search.kommoId, db)];
  for (const beginning of search.beginnings) found.push(await selectByBeginning(wanted, beginning, db));
  if (search.middle) found.push(await selectByMiddle(wanted, search.middle, db));
  const rows = merge(wanted, found);
  if (rows.length === wanted.limit || search.words.length < 2) return rows;
  return merge(wanted, [rows, await selectByWords(wanted, search.words, db)]);
}

/** Some leads are collected by their keys; many are soon met on the way through the list. Counting some tells which. */
async function selectByBeginning(wanted: Wanted, beginning: string, db: Db): Promise<Row[]> {
  if ((await countKeys(beginning, db)) < SOME) return selectByKey(wanted, beginning, [], db);
  return selectLeads(wanted, [hasKey(beginning)], db);
}

/** As above; which words have these letters in the middle, the parts of all words tell. */
async function selectByMiddle(wanted: Wanted, middle: string, db: Db): Promise<Row[]> {
  const leads = await listByMiddle(middle, db);
  if (leads.length < SOME) return selectOfThese(wanted, leads, db);
  // A `case`: of `like` alone PostgreSQL thinks that next to nothing matches, and would read every lead.
  const isInName = sql<SqlBool>`case when leads.name_key like ${`%${middle}%`} then 1 else 0 end = 1`;
  return selectLeads(wanted, [isInName], db);
}

/** Up to SOME of them. The words lead the way, as SQLite takes a cross join at its word. */
async function listByMiddle(middle: string, db: Db): Promise<{ id: string }[]> {
  const first = sql`${keyKinds.name} || name_parts.word`;
  const { rows } = await sql<{ id: string }>`
    select lead_keys.lead_id as id from name_parts cross join lead_keys
    where ${beginsWith("name_parts.part", middle)}
      and lead_keys.key >= ${first} and lead_keys.key < ${first} || ${AFTER_WORD}
    limit ${SOME}`.execute(db);
  return rows;
}

/** Every word begins a word of the name, in whatever order and with others between them: each key has all the words. */
async function selectByWords(wanted: Wanted, words: string[], db: Db): Promise<Row[]> {
  const [longest = "", ...others] = words.toSorted((a, b) => b.length - a.length);
  const have = others.map((word) => sql<SqlBool>`lead_keys.key like ${`% ${word}%`}`);
  return merge(wanted, [await selectByKey(wanted, keyKinds.name + longest, have, db)]);
}

async function countKeys(beginning: string, db: Db): Promise<number> {
  const keys = db
    .selectFrom("lead_keys")
    .select("at")
    .where(beginsWith("lead_keys.key", beginning))
    .limit(SOME);
  const row = await db
    .selectFrom(keys.as("some"))
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** By time each state has its index, so several states are several lists; by name see below. */
async function selectLeads(wanted: Wanted, more: Condition[], db: Db): Promise<Row[]> {
  const { state, source } = wanted.history;
  if (wanted.sort.column === "name_key") return selectByName(wanted, more, db);
  if (!state && !source) return selectAtOnce(wanted, more, db);

  const states = state ? stateGroups[state] : [MOST_ARE, ...leadStates.filter((one) => one !== MOST_ARE)];
  let rows: Row[] = [];
  for (const one of states) {
    const isState = sql<SqlBool>`leads.state = ${one}`;
    // A page that is full leaves room only for what comes before its end.
    const end = rows[wanted.limit - 1];
    const isInTime = end ? [sql<SqlBool>`leads.created_at ${towards(wanted)} ${end.value}`] : [];
    rows = merge(wanted, [rows, await selectAtOnce(wanted, [isState, ...isInTime, ...more], db)]);
  }
  return rows;
}

function towards({ sort }: Wanted): RawBuilder<unknown> {
  return sql.raw(sort.order === "asc" ? "<=" : ">=");
}

/** A few leads are collected and sorted; of many the list by name soon meets enough. Counting some tells which. */
async function selectByName(wanted: Wanted, more: Condition[], db: Db): Promise<Row[]> {
  const { state, source, from, to } = wanted.history;
  if (!state && !source && !from && !to) return selectAtOnce(wanted, more, db);

  const narrow = {
    ...wanted,
    place: undefined,
    limit: FEW,
    sort: { column: "created_at", order: "desc" },
  } as const;
  const few = await selectLeads(narrow, more, db);
  if (few.length === FEW) return selectAtOnce({ ...wanted, isPassedOver: true }, more, db);
  return selectOfThese({ ...wanted, history: {} }, few, db);
}

async function selectByKommoId(wanted: Wanted, kommoId: number, db: Db): Promise<Row[]> {
  const leads = await db.selectFrom("leads").select("id").where("kommo_lead_id", "=", kommoId).execute();
  return selectOfThese(wanted, leads, db);
}

async function selectOfThese(wanted: Wanted, leads: { id: string }[], db: Db): Promise<Row[]> {
  if (leads.length === 0) return [];
  const ids = leads.map(({ id }) => id);
  return selectAtOnce({ ...wanted, isPassedOver: true }, [isOneOf(sql.ref("leads.id"), ids)], db);
}

async function selectAtOnce(wanted: Wanted, more: Condition[], db: Db): Promise<Row[]> {
  const { sort, limit, place } = wanted;
  const value = sql.ref<string | number>(`leads.${sort.column}`);
  return db
    .selectFrom("leads")
    .select(["leads.id", value.as("value")])
    .where((eb) =>
      eb.and([
        ...toConditions(wanted),
        ...(place ? [isBeyond(place, value, "leads.id", sort.order)] : []),
        ...more,
      ]),
    )
    .orderBy(value, sort.order)
    .orderBy("leads.id", sort.order)
    .limit(limit)
    .execute();
}

async function selectByKey(wanted: Wanted, beginning: string, more: Condition[], db: Db): Promise<Row[]> {
  const { sort, limit, place } = wanted;
  const at = sql.ref<string | number>("lead_keys.at");
  const ofLead = toLeadConditions({ ...wanted, isPassedOver: true });
  return db
    .selectFrom("lead_keys")
    .$if(ofLead.length > 0, (query) => query.innerJoin("leads", "leads.id", "lead_keys.lead_id"))
    .select(["lead_keys.lead_id as id", at.as("value")])
    .where((eb) =>
      eb.and([
        beginsWith("lead_keys.key", beginning),
        ...toKeyConditions(wanted),
        ...ofLead,
        ...(place ? [isBeyond(place, at, "lead_keys.lead_id", sort.order)] : []),
        ...more,
      ]),
    )
    .orderBy(at, sort.order)
    .orderBy("lead_keys.lead_id", sort.order)
    .limit(limit * KEYS_OF_ONE)
    .execute();
}

function toKeyConditions({ authorId, history: { author, from, to } }: Wanted): Condition[] {
  return [
    ...[authorId, author].flatMap((id) => (id ? [sql<SqlBool>`lead_keys.author_id = ${id}`] : [])),
    ...(from ? [sql<SqlBool>`lead_keys.at >= ${Date.parse(from)}`] : []),
    ...(to ? [sql<SqlBool>`lead_keys.at < ${Date.parse(to)}`] : []),
  ];
}

/** What only the lead itself knows. */
function toLeadConditions({ without, isPassedOver, history: { state, source } }: Wanted): Condition[] {
  // Neither database looks for an index of a column to which something is added.
  const toColumn = (name: string) => (isPassedOver ? sql`(${sql.ref(name)} || '')` : sql.ref(name));
  return [
    ...(state ? [isOneOf(toColumn("leads.state"), stateGroups[state])] : []),
    ...(without ? [sql<SqlBool>`not ${isOneOf(toColumn("leads.state"), without)}`] : []),
    ...(source ? [sql<SqlBool>`${toColumn("leads.source")} = ${source}`] : []),
  ];
}

function toConditions(wanted: Wanted): Condition[] {
  const { authorId, isPassedOver } = wanted;
  const { from, to, author } = wanted.history;
  const at = isPassedOver ? sql`(leads.created_at + 0)` : sql`leads.created_at`;
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

function isBeyond(
  [value, id]: Place,
  column: RawBuilder<unknown>,
  idColumn: string,
  order: "asc" | "desc",
): Condition {
  return sql<SqlBool>`(${column}, ${sql.ref(idColumn)}) ${sql.raw(order === "asc" ? ">" : "<")} (${value}, ${id})`;
}

// A value, not `exists`: PostgreSQL would turn that into a join and read all keys of the beginning first.
function hasKey(beginning: string): Condition {
  return sql<SqlBool>`(select 1 from lead_keys as held where held.lead_id = leads.id
    and ${beginsWith("held.key", beginning)} limit 1) is not null`;
}

function beginsWith(column: string, beginning: string): Condition {
  return sql<SqlBool>`(${sql.ref(column)} >= ${beginning} and ${sql.ref(column)} < ${beginning + LAST})`;
}

/** One list of several, each lead once. */
function merge({ sort, limit }: Wanted, lists: Row[][]): Row[] {
  const rows = [...new Map(lists.flat().map((row) => [row.id, row])).values()];
  const sign = sort.order === "asc" ? 1 : -1;
  return rows.sort((a, b) => sign * compare(a, b)).slice(0, limit);
}

// As both databases compare texts: by code points, not by a language's alphabet.
function compare(a: Row, b: Row): number {
  if (a.value === b.value) return a.id < b.id ? -1 : 1;
  if (typeof a.value === "number" && typeof b.value === "number") return a.value - b.value;
  return Buffer.compare(Buffer.from(String(a.value)), Buffer.from(String(b.value)));
}
