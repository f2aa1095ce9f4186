import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { createRandom } from "../../../practice/faults/random.ts";
import { FAULT_KINDS, type Practice, startPractice } from "../../../practice/server.ts";
import { type Desk, freshSettings, startDesk } from "../desk.ts";
import { endBackOffs, type LeadStates, readLeadStates } from "../lead-states.ts";
import { listActions } from "../routes.ts";
import { signInByRequest } from "../session.ts";
import { checkPresses, type Press } from "./check-presses.ts";
import { createPeople, type People, type Plan } from "./people.ts";
import { startPostgresProxy } from "./postgres-proxy.ts";

type StormOptions = {
  leads: number;
  /** How long faults, kills and freezes go on, in seconds. */
  seconds: number;
  seed: number;
  /** The store both processes share; without it one process on a SQLite file. */
  databaseUrl?: string;
  /** The longest freeze, in seconds: beyond 10 the lease passes on while its sender is frozen. */
  longestFreeze?: number;
  /** The longest time between two harms, in seconds: a sender needs some to take over and send. */
  longestCalm?: number;
  say?: (line: string) => void;
};

type StormReport = {
  saved: number;
  arrived: number;
  /** Leads whose presses, answers and effects no order explains: lost, doubled, withdrawn and sent, sent with old words. */
  violations: string[];
  /** How often each press was answered so, as `withdraw already_left`. */
  answers: Record<string, number>;
  /** The different statements that locked rows of PostgreSQL. */
  locks: string[];
  /** Leads that end in a person's hands, by state and problem. */
  forPeople: Record<string, number>;
  kills: number;
  freezes: number;
  faults: number;
  busiestSecond: number;
  writes: string[];
  /** Lines of the desks' logs that hold what was typed, or the token. */
  leaks: string[];
};

const HOLD_MS = 2000;
// Between each desk and PostgreSQL, in each direction.
const DATABASE_DELAY_MS = 2;
const RUSH = 60;
const RUSH_MS = 3000;

/**
 * People type leads into one or two desks, correct, withdraw, erase and look them up, while Kommo fails at random and the desks
 * are killed and frozen at random; then all settles, and what the people were told is compared with what stands in Kommo.
 */
export async function storm(options: StormOptions): Promise<StormReport> {
  const { leads, seconds, seed, databaseUrl, longestFreeze = 16, longestCalm = 5 } = options;
  const { say = () => undefined } = options;
  const random = createRandom(seed);
  const practice = await startPractice({ block: { refusals: 1_000_000, withinMs: 1000 } });
  const proxy = databaseUrl ? await startPostgresProxy(databaseUrl, DATABASE_DELAY_MS) : undefined;
  // Longer than a desk is frozen between its last question and its last byte.
  const late = { KOMMO_LATE_SECONDS: String(Math.ceil(longestFreeze) + 20) };
  const more = { ...late, HOLD_SECONDS: String(HOLD_MS / 1000), ...(proxy && { DATABASE_URL: proxy.url }) };
  const settings = freshSettings(practice, more);
  const desks = await startDesks(settings, proxy ? 2 : 1);
  const people = createPeople({
    urlOf: (turn) => desks.find(turn % desks.count)?.url,
    cookie: await signInByRequest(desks.any().url),
    signIn: (url) => signInByRequest(url),
    eraseId: listActions().get("erase") ?? "",
    holdMs: HOLD_MS,
    random,
  });
  // Until the account is known nothing is sent, and a storm before that is none for the leads.
  await people.type(0, "leave");
  while (practice.incomingLeads().length === 0) await wait(100);
  await rush(people);

  const ends = Date.now() + seconds * 1000;
  practice.control.setChaos({ seed, rate: 0.4, slowMs: 1500, retryAfter: 2, kinds: KINDS });
  const [harmed] = await Promise.all([
    harm(desks, { random, ends, longestFreeze, longestCalm, say }),
    type(people, leads - RUSH - 1, ends),
  ]);
  await blowOn(practice, databaseUrl || String(settings.DATABASE_URL));
  practice.control.setChaos(null);
  practice.control.clearFaults();
  say(`${leads} leads saved, ${harmed.kills} kills, ${harmed.freezes} freezes; calm now`);

  const states = await settle(databaseUrl || String(settings.DATABASE_URL), say);
  const report = { ...toReport(practice, people.presses(), states), ...harmed };
  await desks.stopAll();
  await practice.close();
  const locks = proxy?.statements().filter((statement) => LOCK.test(statement)) ?? [];
  await proxy?.close();
  return { ...report, locks, leaks: findLeaks(desks.outputs(), practice.token) };
}

const LOCK = / for (?:no key )?update/;

/** Every fault, though refusals of the connection once only: each halts the queue for half a minute. */
const HALTING = ["402", "403-scope", "403-block", "404-json", "404-html", "redirect"];
const KINDS = FAULT_KINDS.filter((kind) => !HALTING.includes(kind));

type Desks = Awaited<ReturnType<typeof startDesks>>;

async function startDesks(settings: Record<string, string | undefined>, count: number) {
  const running: (Desk | undefined)[] = [];
  const all: Desk[] = [];
  const start = async () => {
    const desk = await startDesk(settings);
    all.push(desk);
    return desk;
  };
  for (let index = 0; index < count; index++) running.push(await start());
  return {
    count,
    any: (): Desk => {
      const desk = running.find((candidate) => candidate !== undefined);
      if (!desk) throw new Error("no desk is running");
      return desk;
    },
    find: (index: number) => running[index],
    async kill(index: number) {
      const desk = running[index];
      running[index] = undefined;
      await desk?.stop("SIGKILL");
      running[index] = await start();
    },
    async freeze(index: number, ms: number) {
      const desk = running[index];
      desk?.signal("SIGSTOP");
      await wait(ms);
      desk?.signal("SIGCONT");
    },
    outputs: () => all.map((desk) => desk.output()),
    async stopAll() {
      await Promise.all(running.map((desk) => desk?.stop()));
    },
  };
}

const RACES: readonly Plan[] = ["withdraw", "correct", "both", "erase"];

/** All at once, and then press by press around the moment at which they leave: the races, without any harm. */
async function rush(people: People): Promise<void> {
  const one = (index: number) =>
    people.type(index + 1, RACES[index % RACES.length], (index / RUSH) * RUSH_MS);
  await Promise.all(Array.from({ length: RUSH }, (_, index) => one(index)));
}

// At once; most of them wait for the end of a hold.
const PEOPLE = 60;

async function type(people: People, count: number, ends: number): Promise<void> {
  const pause = Math.max(0, ((ends - Date.now()) * 0.8) / count);
  const typing = new Set<Promise<void>>();
  for (let index = 0; index < count; index++) {
    const one = people.type(RUSH + index + 1).finally(() => typing.delete(one));
    typing.add(one);
    await wait(pause);
    if (typing.size >= PEOPLE) await Promise.race(typing);
  }
  await Promise.all(typing);
}

type Harm = {
  random: () => number;
  ends: number;
  longestFreeze: number;
  longestCalm: number;
  say: (line: string) => void;
};

async function harm(desks: Desks, { random, ends, longestFreeze, longestCalm, say }: Harm) {
  let [kills, freezes] = [0, 0];
  while (Date.now() < ends) {
    await wait(2000 + random() * (longestCalm - 2) * 1000);
    const index = Math.floor(random() * desks.count);
    if ((kills + freezes) % 2 === 0) {
      kills++;
      say(`kill -9 desk ${index}`);
      await desks.kill(index);
    } else {
      freezes++;
      const ms = 2000 + random() * (longestFreeze - 2) * 1000;
      say(`freeze desk ${index} for ${Math.round(ms / 1000)} s`);
      await desks.freeze(index, ms);
    }
  }
  return { kills, freezes };
}

const UNDER_WAY = ["held", "queued", "sending", "checking"];
// With fewer it was none.
const LEAST_FAULTS = 11;

/** A busy machine asks Kommo less often: the storm goes on until it has met its faults, or nothing is left to send. */
async function blowOn(practice: Practice, databaseUrl: string): Promise<void> {
  while (countFaults(practice) < LEAST_FAULTS && (await listUnderWay(databaseUrl)).length > 0) {
    await endBackOffs(databaseUrl);
    await wait(200);
  }
}

function countFaults({ journal }: Practice): number {
  return journal.filter(({ fault }) => fault !== null).length;
}

async function listUnderWay(databaseUrl: string) {
  return [...(await readLeadStates(databaseUrl)).values()].filter(({ state }) => UNDER_WAY.includes(state));
}

const SETTLES_WITHIN_MS = 10 * 60_000;

async function settle(databaseUrl: string, say: (line: string) => void) {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const states = await readLeadStates(databaseUrl);
    const waiting = [...states.values()].filter(({ state }) => UNDER_WAY.includes(state));
    if (waiting.length === 0 || Date.now() > deadline) return states;
    say(`${waiting.length} leads still on their way`);
    await endBackOffs(databaseUrl);
    await wait(1000);
  }
}

const itemSchema = z.object({
  _embedded: z.object({ contacts: z.array(z.object({ name: z.string() })).min(1) }),
});

function toReport(practice: Practice, presses: readonly Press[], states: LeadStates) {
  const copies = Map.groupBy(practice.incomingLeads(), ({ requestId }) => requestId);
  const toName = ({ item }: { item: unknown }) =>
    itemSchema
      .parse(item)
      ._embedded.contacts.map(({ name }) => name)
      .join();
  const ids = [...new Set(presses.map(({ leadId }) => leadId))];
  const needing = [...states.values()].filter(({ state }) => state.startsWith("needs_"));
  return {
    saved: ids.length,
    arrived: ids.filter((id) => copies.has(id)).length,
    violations: checkPresses(presses, (id) => ({
      state: states.get(id)?.state,
      copies: copies.get(id)?.map(toName) ?? [],
    })),
    answers: count(presses.map(({ act, answer = "unanswered" }) => `${act} ${answer}`)),
    forPeople: count(needing.map(({ state, problem }) => `${state} ${problem ?? ""}`.trim())),
    faults: countFaults(practice),
    busiestSecond: practice.control.busiestSecond(),
    writes: [
      ...new Set(
        practice.journal.flatMap(({ method, path }) => (method === "GET" ? [] : `${method} ${path}`)),
      ),
    ],
  };
}

function count(names: string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => [name, length]),
  );
}

function findLeaks(outputs: string[], token: string): string[] {
  const lines = outputs.flatMap((output) => output.split("\n"));
  return lines.filter((line) => /\+?7900\d{7}|Шторм\d/.test(line) || line.includes(token));
}
