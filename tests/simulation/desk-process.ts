import type { Db } from "@/lib/db/client";
import { backoffMs } from "@/lib/delivery/backoff";
import type { Duty, SendingsFile } from "@/lib/delivery/duty";
import { createLookBack } from "@/lib/delivery/restore/look-back";
import { sweepUnfinished } from "@/lib/delivery/sweep";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import { AppError } from "@/lib/errors";
import type { Network } from "@/lib/kommo/client";
import type { Transport } from "@/lib/kommo/send";
import { findQueueStop } from "@/lib/queue/halt";
import { isSilent } from "@/lib/rate-limit/lanes";
import { startDue } from "@/lib/worker/dispatch";
import { noneInFlight } from "@/lib/worker/in-flight";
import { holdLease, type Lease } from "@/lib/worker/lease";
import { type Gate, openGated } from "./gated-database";
import type { RawAnswer } from "./kommo-model";
import type { Timeline } from "./timeline";

const LATE_MS = 360_000;
const RENEW_MS = 2500;
// Longer than a real one waits: half of all statements would be renewals of a lease that is held.
const STANDBY_MS = 7500;
const POLL_MS = 500;
const LONGEST_POLL_MS = 10_000;
const CALM_MS = 60_000;
const MAINTENANCE_MS = 60_000;
const LONGEST_PAUSE_MS = 60_000;

/** The process has died: nothing of it goes on. */
class Crash extends Error {}

type Surroundings = {
  name: string;
  base: Db;
  timeline: Timeline;
  /** The clock that all processes share, which jumps. */
  now: () => number;
  /** It is the machine's own, as for a SQLite file: not only read when the lease is renewed. */
  isOneMachine: boolean;
  random: () => number;
  slowMs: number;
  ask: (method: "GET" | "POST", url: URL, bytes: Uint8Array | undefined) => Promise<RawAnswer>;
  sendings: SendingsFile;
  /** Kommo's clock, as its answers tell it. */
  kommoDate: () => string;
  /**
   * Before another process tries for the lease, the one that has it renews it, as it would have all the time. Answers whether
   * one has: then the try would be for nothing.
   */
  renewOther: () => Promise<boolean>;
  onBug: (error: unknown) => void;
  onDeath: () => void;
  tell: (line: string) => void;
};

/** One process of the desk, which sends while it has the lease. It can die or freeze at any await. */
export class DeskProcess {
  isDead = false;
  isOver = false;
  readonly name: string;
  readonly #given: Surroundings;
  readonly #db: Db;
  readonly #lease: Lease;
  readonly #inFlight = noneInFlight();
  readonly #isUpToDate: Duty["isUpToDate"];
  readonly #network: Network;
  #frozenUntil = 0;
  #crashIn = Number.POSITIVE_INFINITY;
  #freezeIn = Number.POSITIVE_INFINITY;
  #freezeMs = 0;
  #freezesBeforeBytes = false;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #maintainedAt: number;
  #reading: { time: number; at: number };
  #polls = 0;
  #wake: () => void = () => undefined;

  constructor(given: Surroundings) {
    this.#given = given;
    this.name = given.name;
    const { timeline, now, base, sendings } = given;
    const gate: Gate = { enter: () => this.#enter(), step: () => this.#count() };
    this.#db = openGated(base, gate);
    // Its own timer never renews: that goes by virtual time.
    const isAlive = () => false;
    this.#lease = holdLease({
      isAlive,
      db: this.#db,
      now,
      steady: () => timeline.now,
      holder: given.name,
      sendings,
    });
    this.#network = {
      takeSlot: async () => ({ isMissed: () => false, bookLater: async () => undefined }),
      transport: (url, message) => this.#carry(url, message),
    };
    this.#isUpToDate = createLookBack({ steady: () => timeline.now });
    this.#maintainedAt = timeline.now;
    this.#reading = { time: now(), at: timeline.now };
  }

  /** As in lib/clock.ts. */
  tellTime(): number {
    const { timeline, now, isOneMachine } = this.#given;
    return isOneMachine ? now() : Math.floor(this.#reading.time + timeline.now - this.#reading.at);
  }

  isHolder(): boolean {
    return !this.isDead && !this.isFrozen() && this.#lease.isHeld();
  }

  isFrozen(): boolean {
    return this.#frozenUntil > this.#given.timeline.now;
  }

  crashAfter(awaits: number): void {
    this.#crashIn = awaits;
    this.wake();
  }

  /** At so many awaits from now on, or where its next POST has a connection. */
  freezeAfter(awaits: number | "bytes", ms: number): void {
    this.#freezesBeforeBytes = awaits === "bytes";
    [this.#freezeIn, this.#freezeMs] = [awaits === "bytes" ? Number.POSITIVE_INFINITY : awaits, ms];
    this.wake();
  }

  /** At once, wherever it is. */
  kill(): void {
    if (this.isDead) return;
    this.isDead = true;
    this.#given.tell(`${this.name} is stopped`);
    this.#given.onDeath();
    this.wake();
  }

  wake(): void {
    this.#wake();
  }

  async live(): Promise<void> {
    let failures = 0;
    while (!this.isDead && !this.isOver) {
      let pause: number;
      try {
        pause = await this.#round();
        failures = 0;
      } catch (error) {
        if (this.isDead) break;
        if (!(error instanceof AppError)) this.#given.onBug(error);
        pause = Math.min(backoffMs(++failures, this.#given.random), LONGEST_PAUSE_MS);
      }
      await this.#pause(pause);
    }
  }

  async renew(): Promise<void> {
    const { timeline, now } = this.#given;
    this.#renewedAt = timeline.now;
    await this.#lease.renew();
    this.#reading = { time: now(), at: timeline.now };
  }

  /** The timer of the lease must not outlive the history. */
  async end(): Promise<void> {
    this.isOver = true;
    this.wake();
    await this.#lease.release().catch(() => undefined);
  }

  /** As in lib/worker/loop.ts. Answers how long to wait for the next one. */
  async #round(): Promise<number> {
    const { timeline, renewOther } = this.#given;
    if (!this.#lease.isHeld() && (await renewOther())) return STANDBY_MS;
    if (!this.#lease.isHeld() || timeline.now - this.#renewedAt >= RENEW_MS) await this.renew();
    if (!this.#lease.isHeld()) return STANDBY_MS;
    const duty = this.#toDuty();
    const inFlight = this.#inFlight;
    if (inFlight.failures.length > 0) {
      await sweepUnfinished([...inFlight.batches.values()].flat(), duty);
      const [first] = inFlight.failures.splice(0);
      throw first;
    }
    const hasStarted = await startDue(duty, inFlight);
    for (const under of [...inFlight.batches.keys(), ...inFlight.tasks.values()])
      under.finally(() => this.wake()).catch(() => undefined);
    if (hasStarted) {
      this.#polls = 0;
      return 1;
    }
    await this.#maintain(duty);
    return this.#findPause();
  }

  async #maintain(duty: Duty): Promise<void> {
    const { timeline } = this.#given;
    if (timeline.now - this.#maintainedAt < MAINTENANCE_MS) return;
    this.#maintainedAt = timeline.now;
    await sweepUnfinished([...this.#inFlight.batches.values()].flat(), duty);
    await this.watch(duty);
  }

  async watch({ db, now, network }: Duty = this.#toDuty()): Promise<void> {
    if ((await findQueueStop(db)) || (await isSilent(db, now()))) return;
    await watchForTwins(db, now, network);
  }

  /** Until the next lead is due, and a while longer each time that something keeps it from leaving. */
  async #findPause(): Promise<number> {
    const { due } = await this.#given.base
      .selectFrom("leads")
      .select((eb) => eb.fn.min("due_at").as("due"))
      .where("state", "in", ["held", "queued", "checking"])
      .executeTakeFirstOrThrow();
    const wait = due === null ? CALM_MS : due - this.tellTime();
    if (wait > 0) {
      this.#polls = 0;
      return Math.min(wait, CALM_MS);
    }
    return Math.min(POLL_MS * 2 ** this.#polls++, LONGEST_POLL_MS);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#given.timeline.at(this.#given.timeline.now + ms, resolve);
    });
  }

  #toDuty(): Duty {
    const { random, sendings } = this.#given;
    const { epoch, uptime, isHeld } = this.#lease;
    const claimed = epoch();
    const mayLeave = () => isHeld() && epoch() === claimed;
    return {
      db: this.#db,
      now: () => this.tellTime(),
      uptime,
      lateMs: LATE_MS,
      epoch: claimed,
      mayLeave,
      sendings,
      isUpToDate: this.#isUpToDate,
      random,
      network: this.#network,
    };
  }

  async #carry(url: URL, { method, bytes, mayLeave }: Parameters<Transport>[1]): ReturnType<Transport> {
    const { timeline, random, ask, kommoDate } = this.#given;
    await timeline.sleep(1 + Math.floor(random() * 50));
    if (method === "POST" && this.#freezesBeforeBytes) this.#freezeIn = 0;
    await this.#enter();
    if (!mayLeave()) throw new AppError("lease_lost");
    const answer = await ask(method, url, bytes).catch(toCaught);
    await this.#enter();
    if (answer instanceof Error) throw answer;
    const headers = { "content-type": answer.type, date: kommoDate() };
    async function* read() {
      yield Buffer.from(answer instanceof Error ? "" : answer.text);
    }
    return Object.assign(read(), { statusCode: answer.status, headers });
  }

  async #enter(): Promise<void> {
    const { timeline, random, slowMs, tell } = this.#given;
    this.#count();
    if (--this.#freezeIn <= 0) {
      this.#freezeIn = Number.POSITIVE_INFINITY;
      this.#freezesBeforeBytes = false;
      this.#frozenUntil = timeline.now + this.#freezeMs;
      tell(`${this.name} freezes for ${this.#freezeMs} ms`);
    }
    if (slowMs > 0) await timeline.sleep(Math.floor(random() * slowMs));
    while (this.isFrozen()) await timeline.sleep(this.#frozenUntil - timeline.now);
    if (this.isDead) throw new Crash();
  }

  #count(): void {
    if (!this.isDead && --this.#crashIn <= 0) {
      this.isDead = true;
      this.#given.tell(`${this.name} dies`);
      this.#given.onDeath();
    }
    if (this.isDead) throw new Crash();
  }
}

function toCaught(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
