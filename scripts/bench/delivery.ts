import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Practice, startPractice } from "../../practice/server.ts";
import type { JournalEntry } from "../../practice/state/journal.ts";
import { type Desk, freshSettings, startDesk } from "../../tests/support/desk.ts";
import { buildIfNeeded } from "../build.ts";
import { countLeads, insertLeads, print, readRss } from "./figures.ts";
import { POOL_RULES } from "./pool-rules.ts";

const PLACES = ["incoming", "accepted", "absent"] as const;
type Place = (typeof PLACES)[number];

const { values } = parseArgs({
  options: {
    drain: { type: "string", default: "5000" },
    verify: { type: "string", multiple: true, default: ["1000", "10000"] },
    /** Where Kommo has the leads that are looked for: incoming, accepted, or absent. */
    where: { type: "string", multiple: true, default: [...PLACES] },
    /** Publishes rules that share the leads of the drains among a pool. */
    pool: { type: "boolean", default: false },
    answer: { type: "string", multiple: true, default: ["50", "200", "800", "2000"] },
  },
});
const REQUESTS_OF_LANE = 5;
const ALLOWED_PER_SECOND = REQUESTS_OF_LANE * 50;
const TYPED = 10;

buildIfNeeded();
for (const ms of values.answer) await measureDrain(Number(values.drain), Number(ms));
for (const total of values.verify.map(Number).filter((count) => count > 0)) {
  for (const where of PLACES.filter((place) => values.where.includes(place)))
    await measureVerification(total, where);
}

/** A backlog while Kommo takes its time for each answer, and leads that are typed meanwhile. */
async function measureDrain(total: number, answerMs: number): Promise<void> {
  const { practice, settings, db } = await prepare();
  if (values.pool)
    db.prepare("insert into routings (version, body, published_at) values (1, ?, 0)").run(POOL_RULES);
  insertLeads(db, total);
  const desk = await startDesk(settings);
  await until(() => practice.journal.some(({ method }) => method === "POST"));
  practice.control.setChaos({ seed: 1, rate: 1, kinds: ["slow"], slowMs: answerMs });
  const typed = await typeMeanwhile(db);
  await until(() => countLeads(db, "state <> 'confirmed'") === 0);
  const posts = practice.journal.filter(({ method }) => method === "POST");
  const seconds = ((posts.at(-1)?.at ?? 0) - (posts[0]?.at ?? 0)) / 1000 + 1 / REQUESTS_OF_LANE;
  const share = (total + typed.length) / seconds / ALLOWED_PER_SECOND;
  const delays = typed.map(({ id, at }) => toArrival(posts, id) - at);
  const shared = values.pool ? `, ${countLeads(db, "route_user is not null")} of them by a pool` : "";
  const what = `${total} leads, ${answerMs} ms an answer${shared}`;
  print(`drain of ${what}, share of its lane`, share, 0.9, "at least");
  print(
    `typed during the drain of ${what}, until it left, slowest (s)`,
    Math.max(...delays) / 1000,
    2,
    "at most",
  );
  print(`requests in the busiest second`, practice.control.busiestSecond(), 7, "at most");
  await end(desk, practice, db);
}

async function typeMeanwhile(db: DatabaseSync): Promise<{ id: string; at: number }[]> {
  const typed = [];
  for (let n = 0; n < TYPED; n++) {
    await wait(700);
    for (const id of insertLeads(db, 1)) typed.push({ id, at: Date.now() });
  }
  return typed;
}

function toArrival(posts: readonly JournalEntry[], id: string): number {
  return posts.find(({ body }) => JSON.stringify(body).includes(id))?.at ?? Number.POSITIVE_INFINITY;
}

/** A back-up from before anything was sent is restored: every lead has to be looked for in Kommo. */
async function measureVerification(total: number, where: Place): Promise<void> {
  const { practice, settings, file, db: empty } = await prepare();
  insertLeads(empty, total);
  const backup = `${file}-backup`;
  empty.exec(`vacuum into '${backup}'`);
  if (where !== "absent") {
    const desk = await startDesk(settings);
    await until(() => countLeads(empty, "state <> 'confirmed'") === 0);
    await desk.stop();
  }
  empty.close();
  if (where === "accepted") {
    for (const { leadId } of practice.incomingLeads()) await practice.control.accept(leadId);
  }
  execFileSync(process.execPath, ["scripts/run.mjs", "restore.ts", backup], {
    env: { ...process.env, ...settings },
  });

  const stalls = `${file}-stalls`;
  const watched = `--import ${new URL("./watch-stalls.ts", import.meta.url)}`;
  const began = performance.now();
  const desk = await startDesk({ ...settings, NODE_OPTIONS: watched, STALLS_FILE: stalls });
  // What blocks the start does not count.
  desk.signal("SIGUSR2");
  const db = new DatabaseSync(file, { timeout: 5000 });
  let peak = 0;
  await until(() => countLeads(db, "state = 'checking'") > 0);
  await until(() => {
    peak = Math.max(peak, readRss(desk.pid));
    return countLeads(db, "state = 'checking'") === 0;
  });
  const what = `verification of ${total}, ${where}`;
  print(`${what} (min)`, (performance.now() - began) / 60_000, 3, "at most");
  print(`${what}, left to a person`, countLeads(db, "state in ('needs_admin', 'needs_fix')"), 0, "at most");
  print(`${what}, memory at its peak (MB)`, peak, 300, "at most");
  desk.signal("SIGUSR2");
  await until(() => existsSync(stalls));
  await end(desk, practice, db);
  print(`${what}, longest stall (ms)`, Number(readFileSync(stalls, "utf8")), 100, "at most");
}

async function prepare() {
  const practice = await startPractice();
  const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  const file = String(settings.DATABASE_URL).slice("file:".length);
  const first = await startDesk(settings);
  await first.stop();
  return { practice, settings, file, db: new DatabaseSync(file, { timeout: 5000 }) };
}

async function end(desk: Desk, practice: Practice, db: DatabaseSync): Promise<void> {
  db.close();
  await desk.stop();
  await practice.close();
}

async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await wait(50);
}
