import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { findDuplicates } from "@/lib/duplicates/queries";
import { typedSchema } from "@/lib/duplicates/schema";
import { getPage } from "@/lib/history/queries";
import { historySchema, toCursor } from "@/lib/history/schema";
import { getOverview } from "@/lib/overview/queries";
import { hashPassword } from "@/lib/people/password";
import { createRandom } from "../../practice/faults/random.ts";
import { startPractice } from "../../practice/server.ts";
import { ADMIN, freshSettings, startDesk } from "../../tests/support/desk.ts";
import { makeDatabase } from "../../tests/support/postgres.ts";
import { signInByRequest } from "../../tests/support/session.ts";
import { buildIfNeeded } from "../build.ts";
import { createLeads } from "./many-leads.ts";

const TOTAL = Number(process.env.BENCH_LEADS ?? 1_000_000);
const AT_ONCE = 1000;
const RUNS = 60;
const HINT_MS = 50;
const HISTORY_MS = 100;
const OVERVIEW_MS = 300;
// The last migration before the search keys: the upgrade has to make the keys of all leads.
const BEFORE = "0002-one-sender";

const person = { id: "seller-0", name: "Anna", email: "", role: "admin" as const };
const random = createRandom(11);

buildIfNeeded();
const practice = await startPractice();
Object.assign(process.env, freshSettings(practice), { NEXTAUTH_URL: "http://desk.test" });
// Building takes minutes, so databases of an earlier run can be named.
const { BENCH_DATABASES, TEST_POSTGRES_URL } = process.env;
const urls = BENCH_DATABASES?.split(" ") ?? [
  `file:${join(mkdtempSync(join(tmpdir(), "desk-")), "bench.db")}`,
  ...(TEST_POSTGRES_URL ? [await makeDatabase(TEST_POSTGRES_URL)] : []),
];
for (const url of urls) {
  console.log(`\n${url.startsWith("file:") ? "SQLite" : "PostgreSQL"}, ${TOTAL} leads`);
  const building = openDb(url, {});
  await build(building);
  await building.destroy();
  const db = openDb(url);
  await measureQueries(db);
  await db.destroy();
  await measurePages(url);
}
await practice.close();

async function build(db: Db): Promise<void> {
  const tables = await db.introspection.getTables();
  if (tables.some(({ name }) => name === "lead_keys")) return migrate(db);
  const began = performance.now();
  await migrate(db, BEFORE);
  const authors = Array.from({ length: 40 }, (_, index) => `seller-${index}`);
  for (const id of authors) {
    const email = id === person.id ? ADMIN.email : `${id}@example.com`;
    const password_hash = id === person.id ? await hashPassword(ADMIN.password) : "";
    const role = id === person.id ? "admin" : "seller";
    await db
      .insertInto("people")
      .values({ id, email, name: id, role, password_hash, created_at: 0 })
      .execute();
  }
  // Binds the leads to the practice Kommo and pauses the queue, so that none of them is sent.
  await db.updateTable("sender").set({ account: "practice", paused_at: 1, paused_by: person.id }).execute();
  const createLead = createLeads(authors, Date.now(), TOTAL);
  for (let start = 0; start < TOTAL; start += AT_ONCE) {
    const leads = Array.from({ length: AT_ONCE }, (_, index) => createLead(start + index));
    await db.insertInto("leads").values(leads).execute();
  }
  const inserted = performance.now();
  await migrate(db);
  const upgraded = performance.now();
  await sql`update leads set ready_at = due_at, entry_ms = 3000 + created_at % 30000`.execute(db);
  console.log(
    `inserted in ${toSeconds(inserted - began)} s, the upgrade took ${toSeconds(upgraded - inserted)} s`,
  );
}

type Sample = Awaited<ReturnType<typeof readSample>>[number];

function readSample(db: Db) {
  const columns = [
    "id",
    "author_id",
    "name",
    "surname",
    "phone",
    "telegram",
    "email",
    "kommo_lead_id",
    "created_at",
  ] as const;
  return db.selectFrom("leads").select(columns).where("id", ">", "8").orderBy("id").limit(500).execute();
}

async function measureQueries(db: Db): Promise<void> {
  const sample = await readSample(db);
  const pick = (): Sample => sample[Math.floor(random() * sample.length)] as Sample;
  const digits = (count: number) => String(Math.floor(random() * 10 ** count)).padStart(count, "0");
  const ask = (typed: Record<string, string | null>) => () =>
    findDuplicates(
      typedSchema.parse(Object.fromEntries(Object.entries(typed).filter(([, value]) => value))),
      person,
      db,
    );
  const slip = (phone: string | null) => (phone ?? "+79001234567").slice(0, -1) + digits(1);

  for (const [name, make] of [
    [
      "hint, whole form",
      () => ask({ ...pick(), id: null, author_id: null, kommo_lead_id: null, created_at: null }),
    ],
    ["hint, exact phone", () => ask({ phone: pick().phone })],
    ["hint, exact Telegram", () => ask({ telegram: pick().telegram })],
    ["hint, one digit off", () => ask({ phone: slip(pick().phone) })],
    ["hint, same name today", () => ask({ name: pick().name, surname: pick().surname })],
    ["hint, nobody", () => ask({ phone: `+4420${digits(8)}` })],
  ] as const) {
    await measure(name, HINT_MS, async () => make()());
  }

  const list = (address: Record<string, string | null>, authorId?: string) =>
    getPage(historySchema.parse(address), { authorId }, db, "RU");
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
  const seller = "seller-20";
  for (const [name, read] of [
    ["first page", () => list({})],
    ["first page of a seller", () => list({}, seller)],
    ["a deep page", () => list({ after: toCursor([pick().created_at, pick().id]) })],
    ["sorted by name", () => list({ sort: "name" })],
    ["waiting", () => list({ state: "waiting" }, seller)],
    ["in Kommo, by name", () => list({ state: "in_kommo", sort: "name" })],
    ["withdrawn, by name", () => list({ state: "withdrawn", sort: "name" })],
    ["a source", () => list({ source: "Expo" })],
    [
      "a rare source of a person, by name",
      () => list({ source: "Прочее", author: "seller-39", sort: "name" }),
    ],
    ["a year, by name", () => list({ from: day(800), to: day(435), sort: "name" })],
    ["search: two letters", () => list({ q: "ив" })],
    ["search: a frequent name", () => list({ q: "александр" })],
    ["search: a frequent name, own leads", () => list({ q: "александр" }, seller)],
    ["search: a frequent name from a source", () => list({ q: "александр", source: "Expo" })],
    ["search: a frequent name that needs a fix", () => list({ q: "александр", state: "needs_you" })],
    ["search: surname and name", () => list({ q: `${pick().surname} ${pick().name}` })],
    [
      "search: beginnings of both",
      () => list({ q: `${pick().surname?.slice(0, 4)} ${pick().name?.slice(0, 2)}` }),
    ],
    ["search: the middle of a few words", () => list({ q: "тро" })],
    ["search: the middle of thousands of words", () => list({ q: "ова" }, seller)],
    ["search: the middle of one word", () => list({ q: (pick().surname ?? "Петров").slice(1, 6) })],
    ["search: last four digits", () => list({ q: (pick().phone ?? "4567").slice(-4) })],
    ["search: last four digits, own leads", () => list({ q: (pick().phone ?? "4567").slice(-4) }, seller)],
    ["search: a whole phone", () => list({ q: `8 ${(pick().phone ?? "").slice(2)}` })],
    ["search: a phone's beginning", () => list({ q: "8 905" })],
    ["search: a handle", () => list({ q: pick().telegram ?? "@nobody_here" })],
    ["search: an e-mail", () => list({ q: pick().email ?? "nobody@example.com" })],
    ["search: an id of Kommo", () => list({ q: `#${pick().kommo_lead_id ?? 1}` })],
    ["search: nothing found", () => list({ q: "ыыы ъъъ" })],
  ] as const) {
    await measure(`history, ${name}`, HISTORY_MS, read);
  }

  const overview = (address: object, authorId?: string) => () =>
    getOverview({ zone: "Europe/Madrid", ...address }, { authorId }, db);
  for (const [name, read] of [
    ["today", overview({ range: "1" })],
    ["7 days", overview({ range: "7" })],
    ["90 days", overview({ range: "90" })],
    ["90 days of a seller", overview({ range: "90" }, person.id)],
    ["a year", overview({ from: day(365).slice(0, 10), to: day(0).slice(0, 10) })],
    ["a year of a seller", overview({ from: day(365).slice(0, 10), to: day(0).slice(0, 10) }, person.id)],
  ] as const) {
    await measure(`overview, ${name}`, OVERVIEW_MS, read);
  }
}

/** Measures the same over HTTP. */
async function measurePages(url: string): Promise<void> {
  const desk = await startDesk(freshSettings(practice, { DATABASE_URL: url }));
  const cookie = await signInByRequest(desk.url);
  const get = async (path: string) => {
    const response = await fetch(desk.url + path, { headers: { cookie } });
    await response.text();
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  };
  // Fewer runs, to stay below the rate limit of one person.
  await measure(
    "hint over HTTP",
    HINT_MS,
    () => get(`/api/leads/duplicates?phone=%2B7900${String(random()).slice(2, 9)}`),
    50,
  );
  await measure("history over HTTP, first page", HISTORY_MS, () => get("/leads"), 50);
  await measure(
    "history over HTTP, last four digits",
    HISTORY_MS,
    () => get(`/leads?q=${String(random()).slice(2, 6)}`),
    50,
  );
  await desk.stop();
}

async function measure(
  name: string,
  target: number,
  run: () => Promise<unknown>,
  runs = RUNS,
): Promise<void> {
  for (let warm = 0; warm < 3; warm++) await run();
  const times: number[] = [];
  for (let index = 0; index < runs; index++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  const p95 = times.sort((a, b) => a - b)[Math.floor(runs * 0.95)] ?? 0;
  console.log(
    `${name}, p95 (ms): ${p95.toFixed(1)} (target at most ${target}, ratio ${(p95 / target).toFixed(2)})`,
  );
}

function toSeconds(ms: number): number {
  return Math.round(ms / 1000);
}
