import "server-only";
import { setImmediate } from "node:timers/promises";
import { type ExpressionBuilder, sql } from "kysely";
import { findCatalogue } from "@/lib/account/queries";
import { type Db, getDb } from "@/lib/db/client";
import type { Tables } from "@/lib/db/tables";
import { ATTEMPTS_KEPT_DAYS } from "@/lib/delivery/constants";
import { toUserName } from "@/lib/domain/routing/route-leads";
import { NO_ROUTING } from "@/lib/domain/routing/schema";
import type { Scope } from "@/lib/leads/queries";
import { FORM_ROLE } from "@/lib/people/schema";
import { findRouting } from "@/lib/published-routing/queries";
import { listKnownUsers } from "@/lib/routing/queries";
import { PROMPT_SECONDS } from "./constants";
import {
  addOutcomes,
  countMark,
  type MarkCounts,
  NO_OUTCOMES,
  noMarks,
  type OutcomeCounts,
  toMark,
  toOutcomeCounts,
} from "./outcome-marks";
import type { OutcomeRow, Overview, OverviewAddress, Series } from "./schema";
import { type Period, toPeriod } from "./to-period";

const MAX_SERIES = 5;
const MAX_SOURCES = 15;
const DAY_MS = 24 * 60 * 60 * 1000;
const PROMPT_MS = PROMPT_SECONDS * 1000;
// A control character. `leadSchema` keeps these out of sources.
const SEPARATOR = "\u001f";
const NO_FAILURE = ["confirmed", "absent"];

/** Reads one step after the other: each SQLite query blocks the process, and other requests run in between. */
export async function getOverview(
  address: OverviewAddress,
  scope: Scope,
  db: Db = getDb(),
  now = Date.now(),
): Promise<Overview> {
  const period = toPeriod(address, now);
  const { from, to, step, slices, parts } = period;
  const read: Part[] = [];
  for (const part of parts) {
    read.push(await getPart(part, scope, db, now));
    await setImmediate();
  }

  const bySource = toCountRows(read, "sources");
  const isEveryone = scope.authorId === undefined;
  const byPerson = isEveryone ? toCountRows(read, "people") : [];
  const byRecipient = isEveryone ? toCountRows(read, "recipients") : [];
  const people = toTotals(byPerson);
  const recipients = toTotals(byRecipient);
  const toUser = recipients.size > 0 ? await createToUser(db) : String;
  const names = await findNames([...people.keys()], db);
  const toName = (id: string | null) => names.get(id ?? "") ?? { name: null, byForm: false };
  const perSlice = slices.map((_, index) => {
    const ofSlice = read.filter(({ slice }) => slice === index);
    return { leads: sum(ofSlice, "measured"), prompt: sum(ofSlice, "prompt") };
  });
  return {
    ...{ from, to, step, slices },
    leads: sum(read, "leads"),
    bySource: toSeries(bySource, slices.length),
    byPerson: toSeries(byPerson, slices.length).map((series) => ({
      ...series,
      ...toName(series.name),
    })),
    people: [...people].map(([id, leads]) => {
      const { name, byForm } = toName(id);
      return { name: name ?? "", byForm, leads };
    }),
    outcomes: {
      all: toAllOutcomes(read),
      sources: toOutcomeRows(read, "sources").flatMap(foldSources),
      people: isEveryone ? toOutcomeRows(read, "people").map((row) => ({ ...row, ...toName(row.name) })) : [],
    },
    byRecipient:
      recipients.size === 0
        ? []
        : toSeries(byRecipient, slices.length).map((one) => ({ ...one, name: one.name && toUser(one.name) })),
    recipients: [...recipients].map(([id, leads]) => ({ name: toUser(id), leads })),
    arrivals: { leads: sum(perSlice, "leads"), prompt: sum(perSlice, "prompt"), bySlice: perSlice },
    entry: toEntryTimes(read, slices.length),
    failures: { ...(await getFailures(period, scope, db)), completeFrom: toCompleteFrom(period, now) },
  };
}

type Part = {
  slice: number;
  leads: number;
  measured: number;
  prompt: number;
  sources: Map<string, number>;
  people: Map<string, number>;
  /** Of both, what became of the leads, with those that have no value under an empty key. */
  marked: Record<Marked, Map<string, MarkCounts>>;
  recipients: Map<string, number>;
  entries: Int32Array;
};

/**
 * Reads the rows without grouping. Both databases take longer to group and sort them than to return them. All texts of one
 * statement have the rows in the same order.
 */
async function getPart(
  { slice, start, end }: Period["parts"][number],
  { authorId }: Scope,
  db: Db,
  now: number,
): Promise<Part> {
  const isMeasured = sql`ready_at is not null and (confirmed_at is not null or ready_at <= ${now - PROMPT_MS})`;
  const isPrompt = sql`confirmed_at - ready_at <= ${PROMPT_MS}`;
  const isEveryone = authorId === undefined;
  const row = await db
    .selectFrom("leads")
    .where("created_at", ">=", start)
    .where("created_at", "<", end)
    .$if(!isEveryone, (query) => query.where("author_id", "=", authorId ?? ""))
    .select((eb) => eb.fn.countAll<number>().as("leads"))
    .select(sql<number | null>`sum(case when ${isMeasured} then 1 else 0 end)`.as("measured"))
    .select(sql<number | null>`sum(case when ${isPrompt} then 1 else 0 end)`.as("prompt"))
    .select(sql<string | null>`string_agg(coalesce(source, ''), ${SEPARATOR})`.as("sources"))
    .select(sql<string | null>`string_agg(${toMark(now)}, '')`.as("marks"))
    .$if(isEveryone, (query) =>
      query
        .select(sql<string | null>`string_agg(author_id, ${SEPARATOR})`.as("people"))
        .select(sql<string | null>`string_agg(cast(route_user as text), ${SEPARATOR})`.as("recipients")),
    )
    .select(sql<string | null>`string_agg(cast(entry_ms as text), ',')`.as("entries"))
    .executeTakeFirstOrThrow();
  const { leads, measured, prompt, sources, people, recipients, entries, marks } = row;
  const marked = { sources: toMarked(sources, marks), people: toMarked(people, marks) };
  return {
    ...{ slice, leads: Number(leads), measured: Number(measured), prompt: Number(prompt), marked },
    ...{ sources: withoutMarks(marked.sources), people: withoutMarks(marked.people) },
    recipients: toCounts(recipients),
    entries: Int32Array.from(JSON.parse(`[${entries ?? ""}]`)),
  };
}

/** One look-up for each lead: there may be hundreds of thousands. */
function toCounts(joined: string | null | undefined): Map<string, number> {
  const counts = new Map<string, { leads: number }>();
  for (const key of joined?.split(SEPARATOR) ?? []) {
    const count = counts.get(key);
    if (count) count.leads++;
    else counts.set(key, { leads: 1 });
  }
  return new Map([...counts].map(([key, { leads }]) => [key, leads]));
}

type Marked = "sources" | "people";

function toMarked(joined: string | null | undefined, marks: string | null): Map<string, MarkCounts> {
  const counts = new Map<string, MarkCounts>();
  for (const [index, key] of (joined?.split(SEPARATOR) ?? []).entries()) {
    const count = counts.get(key) ?? noMarks();
    countMark(count, marks, index);
    counts.set(key, count);
  }
  return counts;
}

/** Leads without a value are not counted here. */
function withoutMarks(marked: Map<string, MarkCounts>): Map<string, number> {
  const named = [...marked].filter(([key]) => key !== "");
  return new Map(named.map(([key, counts]) => [key, counts.reduce((sum, leads) => sum + leads, 0)]));
}

function toAllOutcomes(parts: Part[]): OutcomeCounts {
  return [...toOutcomes(parts, "sources").values()].reduce(addOutcomes, NO_OUTCOMES);
}

function toOutcomes(parts: Part[], name: Marked): Map<string, OutcomeCounts> {
  const all = new Map<string, OutcomeCounts>();
  for (const { marked } of parts) {
    for (const [key, counts] of marked[name])
      all.set(key, addOutcomes(all.get(key) ?? NO_OUTCOMES, toOutcomeCounts(counts)));
  }
  return all;
}

/** Those with leads in Kommo, most leads first; leads without a value come last. */
function toOutcomeRows(parts: Part[], name: Marked): OutcomeRow[] {
  return [...toOutcomes(parts, name)]
    .filter(([, { confirmed }]) => confirmed > 0)
    .sort(([one, few], [other, many]) => many.confirmed - few.confirmed || (one < other ? -1 : 1))
    .map(([key, counts]): OutcomeRow => {
      return { id: key, kind: key === "" ? "none" : "named", name: key === "" ? null : key, counts };
    })
    .sort((one, other) => Number(one.kind === "none") - Number(other.kind === "none"));
}

/** Sources are typed, so there may be any number of them. */
function foldSources(row: OutcomeRow, index: number, rows: OutcomeRow[]): OutcomeRow[] {
  if (row.kind === "none" || index < MAX_SOURCES) return [row];
  const others = rows.slice(MAX_SOURCES).filter(({ kind }) => kind === "named");
  const counts = others.map((other) => other.counts).reduce(addOutcomes, NO_OUTCOMES);
  return index === MAX_SOURCES ? [{ id: "", kind: "others", name: null, counts }] : [];
}

/** The key null stands for leads without a value. */
function toCountRows(parts: Part[], name: "sources" | "people" | "recipients"): CountRow[] {
  return parts.flatMap(({ slice: index, leads, [name]: counts }) => {
    const named = [...counts].map(([key, count]) => ({ key, index, leads: count }));
    return [...named, { key: null, index, leads: leads - sum(named, "leads") }];
  });
}

type CountRow = { key: string | null; index: number; leads: number };

function toTotals(rows: CountRow[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { key, leads } of rows) if (key !== null) totals.set(key, (totals.get(key) ?? 0) + leads);
  return new Map([...totals].sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1)));
}

/** The most frequent keys, then all others together, then the leads without a key. */
function toSeries(rows: CountRow[], count: number): Series[] {
  const top = [...toTotals(rows).keys()].slice(0, MAX_SERIES);
  const toValues = (isIn: (key: string | null) => boolean) => {
    const values: number[] = Array(count).fill(0);
    for (const { key, index, leads } of rows) if (isIn(key)) values[index] = (values[index] ?? 0) + leads;
    return values;
  };
  const all: Series[] = [
    ...top.map((name) => ({ kind: "named" as const, name, values: toValues((key) => key === name) })),
    { kind: "others", name: null, values: toValues((key) => key !== null && !top.includes(key)) },
    { kind: "none", name: null, values: toValues((key) => key === null) },
  ];
  return all.filter(({ values }) => values.some((value) => value > 0));
}

/** The names of users of Kommo by their ids. */
async function createToUser(db: Db): Promise<(id: string) => string> {
  const users = listKnownUsers(await findCatalogue(db));
  const { routing = NO_ROUTING } = (await findRouting(db)) ?? {};
  return (id) => toUserName(Number(id), users, routing);
}

type Author = { name: string; byForm: boolean };

async function findNames(ids: string[], db: Db): Promise<Map<string, Author>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("people").select(["id", "name", "role"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, name, role }) => [id, { name, byForm: role === FORM_ROLE }]));
}

function toEntryTimes(parts: Part[], count: number): Overview["entry"] {
  const all = joinEntries(parts);
  return {
    leads: all.length,
    medianMs: toMedian(all),
    bySlice: Array.from({ length: count }, (_, index) =>
      toMedian(joinEntries(parts.filter(({ slice }) => slice === index))),
    ),
  };
}

function joinEntries(parts: Part[]): Int32Array {
  const one = new Int32Array(
    sum(
      parts.map(({ entries }) => ({ leads: entries.length })),
      "leads",
    ),
  );
  let end = 0;
  for (const { entries } of parts) {
    one.set(entries, end);
    end += entries.length;
  }
  return one;
}

function toMedian(values: Int32Array): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted();
  const middle = sorted.subarray((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((total, value) => total + value, 0) / middle.length;
}

/** The first whole day of which every attempt is still kept. */
function toCompleteFrom({ start }: Period, now: number): number | null {
  const kept = now - ATTEMPTS_KEPT_DAYS * DAY_MS;
  return start < kept ? kept + DAY_MS : null;
}

/** How many leads met each reason, counted once per lead, and how many met any. */
async function getFailures({ start, end }: Period, { authorId }: Scope, db: Db) {
  const failed = db
    .selectFrom("attempts")
    .innerJoin("attempt_leads", "attempt_leads.attempt_id", "attempts.id")
    .where("started_at", ">=", start)
    .where("started_at", "<", end)
    .where("outcome", "not in", NO_FAILURE)
    // Read lead by lead, because SQLite would otherwise start with all leads of the seller.
    .$if(authorId !== undefined, (query) =>
      query.where(
        (eb) => eb.selectFrom("leads").select("author_id").whereRef("leads.id", "=", "attempt_leads.lead_id"),
        "=",
        authorId ?? "",
      ),
    );
  const leads = (eb: ExpressionBuilder<Tables, "attempt_leads">) =>
    eb.fn.count<number>("attempt_leads.lead_id").distinct().as("leads");
  const whole = await failed.select(leads).executeTakeFirstOrThrow();
  const reasons = await failed
    .select(["outcome", leads])
    .groupBy("outcome")
    .orderBy("leads", "desc")
    .orderBy("outcome")
    .execute();
  return {
    leads: Number(whole.leads),
    reasons: reasons.map(({ outcome, leads }) => ({ outcome, leads: Number(leads) })),
  };
}

function sum<K extends string>(rows: Record<K, number>[], name: K): number {
  return rows.reduce((total, row) => total + row[name], 0);
}
