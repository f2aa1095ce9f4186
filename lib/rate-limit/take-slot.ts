import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import type { CallOptions, Network } from "@/lib/kommo/client";
import { type Slot, send } from "@/lib/kommo/send";
import { AHEAD_MS, bookStart, findPause, type Lane, MOST_AHEAD_MS, toLaneTimes } from "./lanes";
import { noteKommoClock } from "./note-kommo-clock";
import { startWatch } from "./stopwatch";

const LOOK_AGAIN_MS = 1000;

export type SlotWanted = {
  lane: Lane;
  db?: Db;
  now?: () => number;
  /** A clock in ms that is never set back. */
  monotonic?: () => number;
  /** Ends the waiting, which rejects as timers do; at most one slot is lost. */
  signal?: AbortSignal;
  wait?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  /** Of both lanes together. */
  perSecond?: number;
};

const listeners: (() => void)[] = [];

/** Calls back whenever the delivery lane of this process goes on: to wait for a slot is not to hang. */
export function onDeliverySlot(listener: () => void): void {
  listeners.push(listener);
}

/**
 * Resolves when the next request to Kommo may start, evenly spaced over all processes on the database: `toLaneTimes` says
 * how. Rejects when aborted, and when the database does not answer.
 */
export async function takeSlot(wanted: SlotWanted): Promise<Slot> {
  const { lane, db = getDb(), now = tellTime, monotonic, signal, wait = waitFor } = wanted;
  const times = toLaneTimes(lane, wanted.perSecond ?? getEnv().kommo.requestsPerSecond);
  let leadMs = 0;
  let place = await reachStart();
  return {
    isMissed: () => place.lateMs() > times.lateMs,
    async bookLater() {
      place = await reachStart(place.start);
    },
  };

  async function reachStart(missed?: number): Promise<Place> {
    const clock = startClock(now, monotonic);
    for (;;) {
      signal?.throwIfAborted();
      if (lane === "delivery") for (const listener of listeners) listener();
      const passed = startWatch(now, monotonic);
      const booked = await bookStart({ lane, gapMs: times.gapMs, leadMs, missed }, db, clock());
      if (booked) {
        const place = toPlace(booked, passed);
        await wait(Math.max(0, -place.lateMs()), signal);
        if (place.lateMs() <= times.lateMs) return place;
        // The database is slow to answer: the next one is booked further ahead.
        leadMs = Math.min(MOST_AHEAD_MS - AHEAD_MS, Math.ceil(leadMs + place.lateMs()));
        missed = place.start;
      } else {
        const pauseMs = await findPause(db, clock(), lane, times);
        await wait(Math.min(LOOK_AGAIN_MS, Math.max(1, pauseMs - leadMs - AHEAD_MS)), signal);
      }
    }
  }
}

/** How a request of the worker leaves: with a slot of the shared budget, unless another network is given. `signal`: as in takeSlot. */
export function toLeaving(
  db: Db,
  now: () => number,
  network?: Network,
  signal?: AbortSignal,
): Pick<CallOptions, "slot" | "now" | "transport"> {
  const slot = network?.takeSlot ?? (() => takeSlot({ lane: "delivery", db, now, signal }));
  return { slot, now, transport: noteKommoClock(network?.transport ?? send, db, now) };
}

/** `lateMs` is below 0 before the start. */
type Place = { start: number; lateMs: () => number };

function toPlace({ start, clock }: { start: number; clock: number }, passed: () => number): Place {
  const afterMs = Number(start) - Number(clock);
  return { start: Number(start), lateMs: () => passed() - afterMs };
}

/** Goes on with the monotonic clock where the other one stands still, and anew where it was set back. */
function startClock(now: () => number, monotonic?: () => number): () => number {
  let [began, passed] = [now(), startWatch(now, monotonic)];
  return () => {
    if (now() < began) [began, passed] = [now(), startWatch(now, monotonic)];
    return Math.round(began + passed());
  };
}

function waitFor(ms: number, signal?: AbortSignal): Promise<unknown> {
  return sleep(ms, undefined, { signal });
}
