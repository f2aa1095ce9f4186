import "server-only";
import { type ExpressionBuilder, type RawBuilder, sql } from "kysely";
import { type Db, getDb } from "@/lib/db/client";
import type { Tables } from "@/lib/db/tables";
import type { Overview, OverviewAddress, Series } from "./schema";
import { type Period, toPeriod } from "./to-period";
import { PROMPT_SECONDS } from "./words";

/** A seller's page passes the seller's id. */
type Scope = { authorId?: string };

const MOST_SERIES = 5;
const PROMPT_MS = PROMPT_SECONDS * 1000;
/** Neither says that something failed. */
const NO_FAILURE = ["confirmed", "absent"];

/** One query after the other: on SQLite each holds up the process, and between them others get their turn. */
export async function getOverview(
  address: OverviewAddress,
  scope: Scope,
  db: Db = getDb(),
  now = Date.now(),
): Promise<Overview> {
  const period = toPeriod(address, now);
  const { from, to, step, places } = period;
  const bySource = await countBySource(period, scope, db, now);
  const byPerson = scope.authorId === undefined ? await countByPerson(period, db) : [];
  const people = toTotals(byPerson);
  const names = await findNames([...people.keys()], db);
  const toName = (id: string | null) => names.get(id ?? "") ?? null;
  const ofPlaces = places.map((_, index) => {
    const rows = bySource.filter((row) => row.index === index);
    return { leads: sum(rows, "measured"), prompt: sum(rows, "prompt") };
  });
  return {
    ...{ from, to, step, places },
    leads: sum(bySource, "leads"),
    bySource: toSeries(bySource, places.length),
    byPerson: toSeries(byPerson, places.length).map((series) => ({ ...series, name: toName(series.name) })),
    people: [...people].map(([id, leads]) => ({ name: toName(id) ?? "", leads })),
    arrivals: { leads: sum(ofPlaces, "leads"), prompt: sum(ofPlaces, "prompt"), byPlace: ofPlaces },
    entry: await readEntryTimes(period, sum(bySource, "timed"), scope, db),
    failures: await readFailures(period, scope, db),
  };
}

function selectLeads({ start, end }: Period, { authorId }: Scope, db: Db) {
  return db
    .selectFrom("leads")
    .where("created_at", ">=", start)
    .where("created_at", "<", end)
    .$if(authorId !== undefined, (query) => query.where("author_id", "=", authorId ?? ""));
}

async function countBySource(period: Period, scope: Scope, db: Db, now: number) {
  const isMeasured = sql`ready_at is not null and (confirmed_at is not null or ready_at <= ${now - PROMPT_MS})`;
  const isPrompt = sql`confirmed_at - ready_at <= ${sql.lit(PROMPT_MS)}`;
  const rows = await selectLeads(period, scope, db)
    .select([toStep(period).as("step"), "source as key"])
    .select((eb) => [eb.fn.countAll<number>().as("leads"), eb.fn.count<number>("entry_ms").as("timed")])
    .select(sql<number>`sum(case when ${isMeasured} then 1 else 0 end)`.as("measured"))
    .select(sql<number>`sum(case when ${isPrompt} then 1 else 0 end)`.as("prompt"))
    .groupBy(["step", "source"])
    .execute();
  return rows.map(({ step, key, leads, timed, measured, prompt }) => ({
    ...{ key, index: Number(step) - period.firstStep, leads: Number(leads) },
    ...{ timed: Number(timed), measured: Number(measured), prompt: Number(prompt) },
  }));
}

async function countByPerson(period: Period, db: Db) {
  const rows = await selectLeads(period, {}, db)
    .select([toStep(period).as("step"), "author_id as key"])
    .select((eb) => eb.fn.countAll<number>().as("leads"))
    .groupBy(["step", "author_id"])
    .execute();
  return rows.map(({ step, key, leads }) => ({
    ...{ key, index: Number(step) - period.firstStep, leads: Number(leads) },
  }));
}

/** In literals: a bound number is a fraction to SQLite, and so would be what it is divided by. */
function toStep({ shifts, stepMs }: Period): RawBuilder<number> {
  const parts = shifts.map(
    ({ until, shift }) => sql`when created_at < ${sql.lit(until)} then ${sql.lit(shift)}`,
  );
  return sql`(created_at + case ${sql.join(parts, sql` `)} end) / ${sql.lit(stepMs)}`;
}

type Counted = { key: string | null; index: number; leads: number };

/** Each key with its leads; the most first. */
function toTotals(rows: Counted[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { key, leads } of rows) if (key !== null) totals.set(key, (totals.get(key) ?? 0) + leads);
  return new Map([...totals].sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1)));
}

/** The most frequent keys by name, then the others together, then the leads without one. */
function toSeries(rows: Counted[], count: number): Series[] {
  const top = [...toTotals(rows).keys()].slice(0, MOST_SERIES);
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

async function findNames(ids: string[], db: Db): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("people").select(["id", "name"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function readEntryTimes(period: Period, leads: number, scope: Scope, db: Db) {
  const bySteps = await listMedians(period, scope, db);
  const byPlace = new Map(
    bySteps.map(({ step, median }) => [Number(step) - period.firstStep, Number(median)]),
  );
  return {
    leads,
    medianMs: await findMedian(period, leads, scope, db),
    byPlace: period.places.map((_, index) => byPlace.get(index) ?? null),
  };
}

/** The one in the middle, or of the two in the middle their mean. */
async function findMedian(period: Period, leads: number, scope: Scope, db: Db): Promise<number | null> {
  if (leads === 0) return null;
  const middle = await selectLeads(period, scope, db)
    .select("entry_ms")
    .where("entry_ms", "is not", null)
    .orderBy("entry_ms")
    .offset(Math.floor((leads - 1) / 2))
    .limit(leads % 2 === 0 ? 2 : 1)
    .execute();
  return middle.length === 0
    ? null
    : sum(
        middle.map((row) => ({ ms: row.entry_ms ?? 0 })),
        "ms",
      ) / middle.length;
}

/** The same of each step. */
function listMedians(period: Period, scope: Scope, db: Db) {
  const timed = selectLeads(period, scope, db)
    .where("entry_ms", "is not", null)
    .select([toStep(period).as("step"), "entry_ms"]);
  return db
    .with("timed", () => timed)
    .with("ranked", (with_) =>
      with_
        .selectFrom("timed")
        .select(["step", "entry_ms"])
        .select(sql<number>`2 * row_number() over (partition by step order by entry_ms)`.as("twice"))
        .select(sql<number>`count(*) over (partition by step)`.as("leads")),
    )
    .selectFrom("ranked")
    .where(sql<boolean>`twice between leads and leads + 2`)
    .select((eb) => ["step", eb.fn.avg<number>("entry_ms").as("median")])
    .groupBy("step")
    .execute();
}

/** Of each reason how many leads met it, be it once or often; and how many met any. */
async function readFailures({ start, end }: Period, { authorId }: Scope, db: Db) {
  const failed = db
    .selectFrom("attempts")
    .innerJoin("attempt_leads", "attempt_leads.attempt_id", "attempts.id")
    .where("started_at", ">=", start)
    .where("started_at", "<", end)
    .where("outcome", "not in", NO_FAILURE)
    // Looked up lead by lead, or SQLite would begin with all leads of the seller.
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
