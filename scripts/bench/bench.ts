import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Practice, startPractice } from "../../practice/server.ts";
import { freshSettings, startDesk } from "../../tests/support/desk.ts";
import { signInByRequest } from "../../tests/support/session.ts";
import { buildIfNeeded } from "../build.ts";
import { countLeads, insertLeads, print, readRss } from "./figures.ts";
import { pressAtOnce, weighForm } from "./form.ts";
import { scorePage } from "./lighthouse.ts";
import { measureAccepting, printAccepting } from "./measure-accepting.ts";
import { measureCatalogue } from "./measure-catalogue.ts";
import { compareRefusals } from "./measure-sign-in.ts";
import { measureTexts } from "./measure-texts.ts";

const BACKLOG = 10_000;
const SINGLES = 60;
const REQUESTS_OF_LANE = 5;
const ALLOWED_PER_SECOND = REQUESTS_OF_LANE * 50;

const { values: only } = parseArgs({ options: { accepting: { type: "boolean" } } });
buildIfNeeded();
const practice = await startPractice();
printAccepting(await measureAccepting(practice));
if (only.accepting) process.exit();

const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
const file = String(settings.DATABASE_URL).slice("file:".length);

const first = await startDesk(settings);
const began = performance.now();
await first.stop();
const desk = await startDesk(settings);
print("start to ready, built (s)", desk.readyMs / 1000, 3, "at most");
await wait(3000);
print("resident memory, idle (MB)", readRss(desk.pid), 250, "at most");

const cookie = await signInByRequest(desk.url);
const { total, chunks } = await weighForm(desk.url, cookie);
print("script of the form, first load (KB gzip)", total / 1024, 165, "at most");
for (const [name, bytes] of chunks.slice(0, 5)) console.log(`  ${(bytes / 1024).toFixed(1)} KB ${name}`);
const scores = await scorePage(desk.url, cookie);
print("Lighthouse of the form, performance", scores.performance, 95, "at least");
print("Lighthouse of the form, accessibility", scores.accessibility, 100, "at least");
const presses = await pressAtOnce(desk.url, cookie);
for (const [which, delays] of Object.entries(presses)) {
  const p95 = delays[Math.floor(delays.length * 0.95)] ?? 0;
  print(`press to saved, 20 people at once, ${which}, p95 of ${delays.length} (ms)`, p95, 100, "at most");
}

const db = new DatabaseSync(file, { timeout: 5000 });

const busy = await drain();
const pressed = practice.journal.length;
insertLeads(db, BACKLOG);
const peak = Math.max(busy, await drain());
const posts = practice.journal.slice(pressed).filter(({ method }) => method === "POST");
const seconds = ((posts.at(-1)?.at ?? 0) - (posts[0]?.at ?? 0)) / 1000;
const perSecond = BACKLOG / (seconds + 1 / REQUESTS_OF_LANE);
print(
  `drain of ${BACKLOG} leads: ${Math.round(perSecond)} leads/s, share of its lane`,
  perSecond / ALLOWED_PER_SECOND,
  0.9,
  "at least",
);
print("requests in the busiest second", practice.control.busiestSecond(), 7, "at most");
print("resident memory, peak of the drain (MB)", peak, 250, "at most");

const delays = await measureSingles(practice);
print("one lead, due to confirmed, p50 (ms)", delays[Math.floor(SINGLES * 0.5)] ?? 0, 300, "at most");
print("one lead, due to confirmed, p95 (ms)", delays[Math.floor(SINGLES * 0.95)] ?? 0, 300, "at most");

print("sign-in, unknown person against wrong password, slower by", await compareRefusals(), 1.05, "at most");

db.close();
await desk.stop();
await practice.close();

const { answers: pages, perKey } = await measureCatalogue();
const ofKommo = "Kommo page from the cache, 1,000 fields, whole answer";
print(`${ofKommo}, p50 of ${pages.length} (ms)`, pages[Math.floor(pages.length * 0.5)] ?? 0, 100, "at most");
print(`${ofKommo}, p95 of ${pages.length} (ms)`, pages[Math.floor(pages.length * 0.95)] ?? 0, 100, "at most");
print("search among 1,000 fields, the page's work for a key (ms)", perKey, 1000 / 60, "at most");
for (const { reader, ms, growth } of measureTexts()) {
  print(`64 KB of hostile text, ${reader}, ${growth.toFixed(1)} times 32 KB (ms)`, ms, 50, "at most");
}
console.log(`benchmark took ${Math.round((performance.now() - began) / 1000)} s`);

/** Waits until every lead is in Kommo and returns the peak memory of the app in MB. */
async function drain(): Promise<number> {
  let peak = 0;
  while (countLeads(db, "state <> 'confirmed'") > 0) {
    peak = Math.max(peak, readRss(desk.pid));
    await wait(250);
  }
  return peak;
}

/** Sorted milliseconds from due to confirmed; one or two of them are the practice Kommo's own. */
async function measureSingles(kommo: Practice): Promise<number[]> {
  await wait(2000);
  for (let index = 0; index < SINGLES; index++) {
    insertLeads(db, 1);
    while (countLeads(db, "state <> 'confirmed'") > 0) await wait(10);
    // At a random moment of the poll's interval, as with people.
    await wait(300 + Math.random() * 250);
  }
  const rows = db
    .prepare("select confirmed_at - created_at as delay from leads order by created_at desc limit ?")
    .all(SINGLES);
  const { id } = db.prepare("select id from leads order by created_at desc limit 1").get() as { id: string };
  if (!kommo.incomingLeads().some(({ requestId }) => requestId === id))
    throw new Error("the last lead is missing");
  return rows.map(({ delay }) => Number(delay)).sort((a, b) => a - b);
}
