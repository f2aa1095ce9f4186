import "server-only";
import { type ExpressionBuilder, type RawBuilder, sql } from "kysely";
import { type Db, getDb } from "@/lib/db/client";
import type { Tables } from "@/lib/db/tables";
import type { Overview, OverviewAddress, Series } from "./schema";
import { type Period, toPeriod } from "./to-period";
import { PROMPT_SECONDS } from "./words";

/** A seller's page passes the seller's id. */
type Scope = { authorId?: string };
type Key = "source" | "author_id";

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
  const { from, to, step, places, count } = period;
  const sources = await countBy("source", period, scope, db);
  const bySource = await countSteps("source", sources, period, scope, db, now);
  const people = scope.authorId === undefined ? await countBy("author_id", period, scope, db) : [];
  const names = await findNames(people, db);
  const byPerson = people.length > 0 ? await countSteps("author_id", people, period, scope, db, now) : [];

  const ofSteps = Array.from({ length: count }, () => ({ leads: 0, prompt: 0 }));
  for (const row of bySource) {
    const place = ofSteps[row.index];
    if (!place) continue;
    place.leads += row.measured;
    place.prompt += row.prompt;
  }
  const toName = (id: string | null) => names.get(id ?? "") ?? null;
  return {
    ...{ from, to, step, places },
    leads: sum(sources, "leads"),
    bySource: toSeries(bySource, count),
    byPerson: toSeries(byPerson, count).map((series) => ({ ...series, name: toName(series.name) })),
    people: people.map(({ key, leads }) => ({ name: toName(key) ?? "", leads })),
    arrivals: { leads: sum(ofSteps, "leads"), prompt: sum(ofSteps, "prompt"), byPlace: ofSteps },
    entry: await readEntryTimes(period, scope, db),
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

/** Everybody, or every source, by the number of leads; the most first. */
async function countBy(key: Key, period: Period, scope: Scope, db: Db) {
  const rows = await selectLeads(period, scope, db)
    .select(`${key} as key`)
    .select((eb) => eb.fn.countAll<number>().as("leads"))
    .groupBy(key)
    .orderBy("leads", "desc")
    .orderBy(key)
    .execute();
  return rows.map(({ key, leads }) => ({ key, leads: Number(leads) }));
}

type Counted = Awaited<ReturnType<typeof countBy>>;

/** The leads of each step by the most frequent keys; the others are "" together, for no key is empty. */
async function countSteps(key: Key, counted: Counted, period: Period, scope: Scope, db: Db, now: number) {
  const top = counted.flatMap((one) => one.key ?? []).slice(0, MOST_SERIES);
  const isMeasured = sql`ready_at is not null and (confirmed_at is not null or ready_at <= ${now - PROMPT_MS})`;
  const rows = await selectLeads(period, scope, db)
    .select(toStep(period).as("step"))
    .select((eb) => toGroup(eb, key, top).as("label"))
    .select((eb) => eb.fn.countAll<number>().as("leads"))
    .select(sql<number>`sum(case when ${isMeasured} then 1 else 0 end)`.as("measured"))
    .select(
      sql<number>`sum(case when confirmed_at - ready_at <= ${sql.lit(PROMPT_MS)} then 1 else 0 end)`.as(
        "prompt",
      ),
    )
    .groupBy(["step", "label"])
    .execute();
  const byRank = (label: string | null) => (label === null ? top.length + 1 : toRank(top, label));
  return rows
    .map(({ step, label, leads, measured, prompt }) => ({
      ...{ index: Number(step) - period.firstStep, label },
      ...{ leads: Number(leads), measured: Number(measured), prompt: Number(prompt) },
    }))
    .sort((one, other) => byRank(one.label) - byRank(other.label));
}

function toGroup(eb: ExpressionBuilder<Tables, "leads">, key: Key, top: string[]) {
  if (top.length === 0) return eb.ref(key);
  return eb
    .case()
    .when(eb.or([eb(key, "in", top), eb(key, "is", null)]))
    .then(eb.ref(key))
    .else("")
    .end();
}

function toRank(top: string[], label: string): number {
  const place = top.indexOf(label);
  return place < 0 ? top.length : place;
}

/** In literals: a bound number is a fraction to SQLite, and so would be what it is divided by. */
function toStep({ shifts, stepMs }: Period): RawBuilder<number> {
  const parts = shifts.map(
    ({ until, shift }) => sql`when created_at < ${sql.lit(until)} then ${sql.lit(shift)}`,
  );
  return sql`(created_at + case ${sql.join(parts, sql` `)} end) / ${sql.lit(stepMs)}`;
}

function toSeries(rows: Awaited<ReturnType<typeof countSteps>>, count: number): Series[] {
  const series = new Map<string | null, Series>();
  for (const { label, index, leads } of rows) {
    const kind = label === null ? "none" : label === "" ? "others" : "named";
    const one = series.get(label) ?? { kind, name: label || null, values: Array(count).fill(0) };
    if (index in one.values) one.values[index] = leads;
    series.set(label, one);
  }
  return [...series.values()];
}

async function findNames(people: Counted, db: Db): Promise<Map<string, string>> {
  const ids = people.flatMap(({ key }) => key ?? []);
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("people").select(["id", "name"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function readEntryTimes(period: Period, scope: Scope, db: Db): Promise<Overview["entry"]> {
  const [whole] = await readMedians(sql.lit(0), period, scope, db);
  const bySteps = await readMedians(toStep(period), period, scope, db);
  const byPlace = new Map(bySteps.map(({ step, median }) => [step - period.firstStep, median]));
  return {
    leads: whole?.leads ?? 0,
    medianMs: whole?.median ?? null,
    byPlace: period.places.map((_, index) => byPlace.get(index) ?? null),
  };
}

/** The middle entry time of each step, or of the two in the middle their mean. */
async function readMedians(step: RawBuilder<number>, period: Period, scope: Scope, db: Db) {
  const timed = selectLeads(period, scope, db)
    .where("entry_ms", "is not", null)
    .select([step.as("step"), "entry_ms"]);
  const rows = await db
    .with("timed", () => timed)
    .with("ranked", (with_) =>
      with_
        .selectFrom("timed")
        .select([
          "step",
          "entry_ms",
          sql<number>`2 * row_number() over (partition by step order by entry_ms)`.as("twice"),
          sql<number>`count(*) over (partition by step)`.as("leads"),
        ]),
    )
    .selectFrom("ranked")
    .where(sql<boolean>`twice between leads and leads + 2`)
    .select((eb) => ["step", eb.fn.avg<number>("entry_ms").as("median"), eb.fn.max("leads").as("leads")])
    .groupBy("step")
    .execute();
  return rows.map(({ step, median, leads }) => ({
    ...{ step: Number(step), median: Number(median), leads: Number(leads) },
  }));
}

/** Of each reason how many leads met it, be it once or often; and how many met any. */
async function readFailures({ start, end }: Period, { authorId }: Scope, db: Db) {
  const failed = db
    .selectFrom("attempts")
    .innerJoin("attempt_leads", "attempt_leads.attempt_id", "attempts.id")
    .where("started_at", ">=", start)
    .where("started_at", "<", end)
    .where("outcome", "not in", NO_FAILURE)
    .$if(authorId !== undefined, (query) =>
      query.where("attempt_leads.lead_id", "in", (eb) =>
        eb
          .selectFrom("leads")
          .select("leads.id")
          .where("leads.author_id", "=", authorId ?? ""),
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
