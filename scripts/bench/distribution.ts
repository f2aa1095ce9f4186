import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { createRandom } from "../../practice/faults/random.ts";
import { type Practice, startPractice } from "../../practice/server.ts";
import { freshSettings, startDesk } from "../../tests/support/desk.ts";
import { makeDatabase } from "../../tests/support/postgres.ts";
import { buildIfNeeded } from "../build.ts";
import { print } from "./figures.ts";
import { POOL_RULES, SHARES } from "./pool-rules.ts";

/**
 * A backlog that two desks on PostgreSQL distribute to a pool while one of them is killed every few seconds: each lead is to
 * have one decision, which Kommo has been sent, and each share is to be right to one lead.
 */
const { values } = parseArgs({
  options: {
    leads: { type: "string", default: "10000" },
    "kill-every": { type: "string", default: "6" },
    seed: { type: "string", default: "1" },
  },
});
const server = process.env.TEST_POSTGRES_URL;
if (!server) throw new Error("Name a PostgreSQL server for this in TEST_POSTGRES_URL.");
const total = Number(values.leads);
const random = createRandom(Number(values.seed));

buildIfNeeded();
const practice = await startPractice({ block: { refusals: 1_000_000, withinMs: 1000 } });
const databaseUrl = await makeDatabase(server);
const settings = freshSettings(practice, { DATABASE_URL: databaseUrl, HOLD_SECONDS: "0" });
const desks = [await startDesk(settings), await startDesk(settings)];
const db = new pg.Client({ connectionString: databaseUrl });
await db.connect();
await insertBacklog();

let kills = 0;
while ((await count("state <> 'confirmed'")) > 0) {
  await wait(1000 * Number(values["kill-every"]) * (0.5 + random()));
  if ((await count("state in ('held', 'queued', 'sending')")) === 0) continue;
  const index = Math.floor(random() * desks.length);
  await desks[index]?.stop("SIGKILL");
  desks[index] = await startDesk(settings);
  kills += 1;
}
await report(practice);
await Promise.all(desks.map((desk) => desk.stop()));
await db.end();
await practice.close();

async function insertBacklog(): Promise<void> {
  const now = Date.now();
  await db.query("insert into routings (version, body, published_at) values (1, $1, $2)", [POOL_RULES, now]);
  const ids = Array.from({ length: total }, () => randomUUID());
  await db.query(
    `insert into leads (id, author_id, name, phone, state, due_at, tries, created_at)
     select id, (select id from people limit 1), 'Name ' || n, '+7900' || (1000000 + n), 'queued', $2, 0, $2
     from unnest($1::text[]) with ordinality as given (id, n)`,
    [ids, now],
  );
}

async function count(where: string): Promise<number> {
  const { rows } = await db.query(`select count(*) as count from leads where ${where}`);
  return Number(rows[0].count);
}

async function report({ incomingLeads }: Practice): Promise<void> {
  const { rows } = await db.query<{ id: string; route_user: string; route: string }>(
    "select id, route_user, route from leads",
  );
  const given = Map.groupBy(rows, ({ route_user }) => Number(route_user));
  const off = [...SHARES].map(([id, share]) =>
    Math.abs((given.get(id)?.length ?? 0) - (total * share) / 100),
  );
  const sent = Map.groupBy(incomingLeads(), ({ requestId }) => requestId);
  const wrong = rows.filter(({ id, route_user }) => {
    const copies = sent.get(id) ?? [];
    return copies.length !== 1 || copies.some(({ item }) => toResponsible(item) !== Number(route_user));
  });
  const days = await db.query("select sum(leads) as leads from recipient_days");
  const undecided = rows.filter(({ route }) => route === null).length;
  console.log(`${total} leads by two desks with ${kills} kills, seed ${values.seed}`);
  print("furthest from its share (leads)", Math.max(...off), 1, "at most");
  print("leads without a decision", undecided, 0, "at most");
  print("decisions beyond one a lead", Number(days.rows[0].leads) - total, 0, "at most");
  print("leads that Kommo has not once, or for another person", wrong.length, 0, "at most");
  const isRight = Math.max(...off) < 1 && undecided === 0 && wrong.length === 0;
  process.exitCode = isRight && Number(days.rows[0].leads) === total ? 0 : 1;
}

function toResponsible(item: unknown): number | undefined {
  const { _embedded } = item as { _embedded: { leads: { responsible_user_id?: number }[] } };
  return _embedded.leads[0]?.responsible_user_id;
}
