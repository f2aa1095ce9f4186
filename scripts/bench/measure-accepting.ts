import "../aliases.mjs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import type { Practice } from "../../practice/server.ts";
import { aLead, aWebsiteForm } from "../../tests/support/builders.ts";
import { freshSettings, startDesk } from "../../tests/support/desk.ts";
import { signInByRequest } from "../../tests/support/session.ts";
import { insertLeads, print, readCpuMs, readPeakRss } from "./figures.ts";
import { startFloor } from "./start-floor.ts";

// Imported after the aliases, which the files of lib/ need.
const { openDb } = await import("../../lib/db/client.ts");
const { createForm } = await import("../../lib/intake/mutations.ts");
const { hasMapping } = await import("../../lib/published-mapping/queries.ts");

const PEOPLE = 20;
const ROUNDS = 5;
const EACH_AT_ONCE = 25;
const SINGLES_A_ROUND = 60;
// A server that has just started compiles its code meanwhile, which a working day hardly notices.
const FIRST_EACH = 15;
const MAPPING_WITHIN_MS = 20_000;

/** One way to have a lead, or a text, written down: by which process, and what one press of it does. */
type Way = { pid: number; press: (round: number) => Promise<void> };
type Measured = { single: number[]; atOnce: number[]; perSecond: number; cpuMs: number };

export type Accepting = {
  floor: Measured;
  press: Measured;
  websiteForm: Measured;
  /** Of the desk, in MB. */
  peakRss: number;
};

export function printAccepting({ floor, press, websiteForm, peakRss }: Accepting): void {
  for (const [what, measured] of Object.entries({
    "bare action": floor,
    press,
    "website form": websiteForm,
  })) {
    const { single, atOnce, perSecond, cpuMs } = measured;
    const times = `${toShare(single, 0.5)} one at a time, ${toShare(atOnce, 0.5)} and p95 ${toShare(atOnce, 0.95)} 20 at once`;
    console.log(
      `  ${what}: p50 (ms) ${times}; ${perSecond.toFixed(0)}/s; ${cpuMs.toFixed(2)} ms of the processor`,
    );
  }
  const slower = toShare(press.single, 0.5) / toShare(floor.single, 0.5);
  print("press to saved beside a bare action, one at a time, p50 slower by", slower, 1.5, "at most");
  const rate = press.perSecond / floor.perSecond;
  print("press to saved beside a bare action, 20 at once, share of its rate", rate, 2 / 3, "at least");
  print("processor time of a press beside a bare action", press.cpuMs / floor.cpuMs, 1.5, "at most");
  print("press to saved, 20 at once, p95 (ms)", toShare(press.atOnce, 0.95), 100, "at most");
  print("website form to its 202, 20 at once, p95 (ms)", toShare(websiteForm.atOnce, 0.95), 100, "at most");
  print("resident memory, peak of accepting (MB)", peakRss, 250, "at most");
}

/** Rounded to a tenth of a millisecond, of sorted times. */
function toShare(times: number[], share: number): number {
  return Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
}

/**
 * Press to saved, and a website form to its 202, beside a bare Next action with one durable insert, in turns in the same
 * minutes: what else the machine does then slows all three. All times in ms; `cpuMs` is the server's for one press of 20 at
 * once.
 */
export async function measureAccepting(practice: Practice): Promise<Accepting> {
  // A long undo window: what is measured is the accepting alone.
  const settings = freshSettings(practice, { HOLD_SECONDS: "600", TRUST_PROXY: "1", OWN_PRACTICE: "1" });
  const floor = await startFloor();
  const desk = await startDesk(settings);
  const cookie = await signInByRequest(desk.url);
  const keys = await prepareDesk(String(settings.DATABASE_URL));
  const ways: Record<"floor" | "press" | "websiteForm", Way> = {
    floor: { pid: floor.pid, press: () => floor.save(JSON.stringify(toLead())) },
    press: { pid: desk.pid, press: () => post(`${desk.url}/api/leads`, toLead(), { cookie }) },
    websiteForm: {
      pid: desk.pid,
      // One network may send a few a minute, and one form some hundred.
      press: (round) =>
        post(`${desk.url}/api/intake/${keys[round % keys.length]}`, toSent(), {
          "x-forwarded-for": toAddress(),
        }),
    },
  };
  const measured = await measureInTurns(ways);
  const peakRss = readPeakRss(desk.pid);
  await desk.stop();
  await floor.stop();
  return { ...measured, peakRss };
}

async function measureInTurns<N extends string>(ways: Record<N, Way>): Promise<Record<N, Measured>> {
  const all = Object.entries<Way>(ways).map(([name, way]) => ({ name, way, ...noFigures() }));
  for (const { way } of all) await pressAtOnce(way, FIRST_EACH, ROUNDS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { way, single } of all) {
      for (let index = 0; index < SINGLES_A_ROUND; index++) single.push(await time(way, round));
    }
    for (const one of all) {
      const [began, cpuBefore] = [performance.now(), readCpuMs(one.way.pid)];
      one.atOnce.push(...(await pressAtOnce(one.way, EACH_AT_ONCE, round)));
      one.tookMs += performance.now() - began;
      one.cpuMs += readCpuMs(one.way.pid) - cpuBefore;
    }
  }
  const figures = all.map(({ name, single, atOnce, tookMs, cpuMs }) => [
    name,
    {
      single: single.sort((a, b) => a - b),
      atOnce: atOnce.sort((a, b) => a - b),
      perSecond: atOnce.length / (tookMs / 1000),
      cpuMs: cpuMs / atOnce.length,
    },
  ]);
  return Object.fromEntries(figures) as Record<N, Measured>;
}

function noFigures() {
  return { single: [] as number[], atOnce: [] as number[], tookMs: 0, cpuMs: 0 };
}

async function pressAtOnce(way: Way, each: number, round: number): Promise<number[]> {
  const delays: number[] = [];
  const person = async () => {
    for (let index = 0; index < each; index++) delays.push(await time(way, round));
  };
  await Promise.all(Array.from({ length: PEOPLE }, person));
  return delays;
}

async function time({ press }: Way, round: number): Promise<number> {
  const began = performance.now();
  await press(round);
  return performance.now() - began;
}

/** Throws for an answer that does not say that it was saved. */
async function post(url: string, body: object, headers: Record<string, string>): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`not saved: ${response.status} ${answer.slice(0, 200)}`);
}

/** Waits for the first mapping, and answers the keys of a website form for the first presses and for each round. */
async function prepareDesk(databaseUrl: string): Promise<string[]> {
  const db = openDb(databaseUrl);
  // The first lead that is due publishes it.
  const sqlite = new DatabaseSync(databaseUrl.slice("file:".length), { timeout: 5000 });
  insertLeads(sqlite, 1);
  sqlite.close();
  const deadline = AbortSignal.timeout(MAPPING_WITHIN_MS);
  while (!(await hasMapping(db))) await wait(100, undefined, { signal: deadline });
  // What is measured is the accepting alone: deliveries are measured elsewhere.
  await db.updateTable("sender").set({ paused_at: Date.now() }).execute();
  const names = Array.from({ length: ROUNDS + 1 }, (_, index) => `Site ${index}`);
  const forms = [];
  for (const name of names) {
    forms.push(await createForm(aWebsiteForm({ name }), null, db));
  }
  await db.destroy();
  return forms.map(({ key }) => key);
}

const toLead = () => aLead({ ...toWords(), source: "Instagram", comment: "перезвонить после 18" });
const toSent = () => ({ ...toWords(), utm_source: "instagram", comment: "перезвонить после 18" });

/** Names repeat among leads, and phones do not. */
function toWords() {
  const phone = `+7900${draw(9_000_000) + 1_000_000}`;
  return { name: pick(NAMES), surname: pick(SURNAMES), phone, telegram: `@user_${draw(1_000_000)}` };
}

const NAMES: readonly string[] = ["Иван", "Ольга", "Анна", "Дмитрий", "Екатерина", "Сергей", "Мария", "Олег"];
const SURNAMES: readonly string[] = ["Петров", "Иванова", "Смирнова", "Кузнецов", "Попова", "Соколов"];

function pick(from: readonly string[]): string {
  return from[draw(from.length)] ?? "";
}

function draw(below: number): number {
  return Math.floor(Math.random() * below);
}

function toAddress(): string {
  return `10.${draw(256)}.${draw(256)}.${draw(256)}`;
}
