import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { FAULT_KINDS, type Practice, startPractice } from "../../practice/server.ts";
import { type Desk, freshSettings, startDesk } from "./desk.ts";
import { endBackOffs, type LeadStates, readLeadStates } from "./lead-states.ts";
import { signInByRequest } from "./session.ts";

export type StormOptions = {
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

export type StormReport = {
  saved: number;
  arrived: number;
  lost: string[];
  doubled: string[];
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

/**
 * Types leads into one or two desks while Kommo fails at random and the desks are killed and frozen at random; then lets
 * all settle and compares what people were told is saved with what stands in Kommo.
 */
export async function storm(options: StormOptions): Promise<StormReport> {
  const {
    leads,
    seconds,
    seed,
    databaseUrl,
    longestFreeze = 16,
    longestCalm = 5,
    say = () => undefined,
  } = options;
  const random = toRandom(seed);
  const practice = await startPractice({ block: { refusals: 1_000_000, withinMs: 1000 } });
  // Longer than a desk is frozen between its last question and its last byte.
  const late = { KOMMO_LATE_SECONDS: String(Math.ceil(longestFreeze) + 20) };
  const more = { ...late, HOLD_SECONDS: "0", ...(databaseUrl && { DATABASE_URL: databaseUrl }) };
  const settings = freshSettings(practice, more);
  const desks = await startDesks(settings, databaseUrl ? 2 : 1);
  const cookie = await signInByRequest(desks.any().url);
  // Until the account is known nothing is sent, and a storm before that is none for the leads.
  const first = await typeOne(desks, cookie, 0);
  while (practice.incomingLeads().length === 0) await wait(100);

  const ends = Date.now() + seconds * 1000;
  practice.control.setChaos({ seed, rate: 0.4, slowMs: 1500, retryAfter: 2, kinds: KINDS });
  const typed = type(desks, cookie, leads - 1, ends);
  const hurt = harm(desks, { random, ends, longestFreeze, longestCalm, say });
  const saved = (await typed).add(first);
  const { kills, freezes } = await hurt;
  practice.control.setChaos(null);
  practice.control.clearFaults();
  say(`${saved.size} leads saved, ${kills} kills, ${freezes} freezes; calm now`);

  const states = await settle(String(settings.DATABASE_URL), saved, say);
  const report = toReport(practice, saved, states, { kills, freezes });
  await desks.stopAll();
  await practice.close();
  return { ...report, leaks: findLeaks(desks.outputs(), practice.token) };
}

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

// At once; more would only wait for each other.
const PEOPLE = 20;

/** Sends each lead until somebody says "saved", as a person would press again; answers the ids that are saved. */
async function type(desks: Desks, cookie: string, count: number, ends: number): Promise<Set<string>> {
  const saved = new Set<string>();
  const pause = Math.max(0, ((ends - Date.now()) * 0.8) / count);
  const typing = new Set<Promise<void>>();
  for (let index = 0; index < count; index++) {
    const one = typeOne(desks, cookie, index + 1).then((id) => {
      saved.add(id);
      typing.delete(one);
    });
    typing.add(one);
    await wait(pause);
    if (typing.size >= PEOPLE) await Promise.race(typing);
  }
  await Promise.all(typing);
  return saved;
}

async function typeOne(desks: Desks, cookie: string, index: number): Promise<string> {
  const lead = toLead(index);
  for (let press = 0; ; press++) {
    const desk = desks.find((index + press) % desks.count);
    const answer = await fetch(`${desk?.url}/api/leads`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body: JSON.stringify(lead),
      signal: AbortSignal.timeout(3000),
    }).catch(() => undefined);
    if (answer?.ok) return lead.id;
    await wait(300);
  }
}

function toLead(index: number) {
  const empty = { telegram: "", source: "storm", email: "", profession: "", education: "", income: "" };
  const utm = { utm_medium: "", utm_campaign: "", utm_content: "", utm_term: "", referrer: "" };
  const phone = `+7900${String(1_000_000 + index)}`;
  return { id: randomUUID(), phone, name: `Имя${index}`, surname: `Шторм${index}`, ...empty, ...utm };
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

const SETTLED = ["confirmed", "needs_fix", "needs_admin"];
const SETTLES_WITHIN_MS = 10 * 60_000;

async function settle(databaseUrl: string, saved: Set<string>, say: (line: string) => void) {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const states = await readLeadStates(databaseUrl);
    const waiting = [...saved].filter((id) => !SETTLED.includes(states.get(id)?.state ?? ""));
    if (waiting.length === 0 || Date.now() > deadline) return states;
    say(`${waiting.length} leads still on their way`);
    await endBackOffs(databaseUrl);
    await wait(1000);
  }
}

function toReport(
  practice: Practice,
  saved: Set<string>,
  states: LeadStates,
  harmed: { kills: number; freezes: number },
): Omit<StormReport, "leaks"> {
  const copies = new Map<string, number>();
  for (const { requestId } of practice.incomingLeads())
    copies.set(requestId, (copies.get(requestId) ?? 0) + 1);
  const forPeople: Record<string, number> = {};
  for (const id of saved) {
    const { state, problem } = states.get(id) ?? { state: "missing", problem: null };
    const key = `${state} ${problem ?? ""}`.trim();
    if (state !== "confirmed") forPeople[key] = (forPeople[key] ?? 0) + 1;
  }
  const isInHands = (id: string) => (states.get(id)?.state ?? "").startsWith("needs_");
  return {
    saved: saved.size,
    arrived: [...saved].filter((id) => copies.has(id)).length,
    lost: [...saved].filter((id) => !copies.has(id) && !isInHands(id)),
    doubled: [...copies].filter(([, count]) => count > 1).map(([id]) => id),
    forPeople,
    ...harmed,
    faults: practice.journal.filter(({ fault }) => fault !== null).length,
    busiestSecond: practice.control.busiestSecond(),
    writes: [
      ...new Set(
        practice.journal.flatMap(({ method, path }) => (method === "GET" ? [] : `${method} ${path}`)),
      ),
    ],
  };
}

function findLeaks(outputs: string[], token: string): string[] {
  const lines = outputs.flatMap((output) => output.split("\n"));
  return lines.filter((line) => /\+?7900\d{7}|Шторм\d/.test(line) || line.includes(token));
}

/** A small seeded generator (mulberry32), so that a storm can be told again by its seed. */
function toRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
