import { setTimeout as sleep } from "node:timers/promises";

type Timer = { at: number; resolve: () => void };

const MINUTE_MS = 60_000;

/** Time that passes only while every task waits for it: minutes of pacing take milliseconds. Begins with a minute. */
export function createVirtualTime() {
  let time = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  let behind = 0;
  let running = 0;
  let timers: Timer[] = [];

  function advance(): void {
    if (timers.length < running || timers.length === 0) return;
    const next = timers.reduce((one, other) => (other.at < one.at ? other : one));
    timers = timers.filter((timer) => timer !== next);
    time = Math.max(time, next.at);
    next.resolve();
  }

  return {
    now: () => time,
    monotonic: () => time + behind,
    setBack: (ms: number) => {
      time -= ms;
      behind += ms;
      timers = timers.map((timer) => ({ ...timer, at: timer.at - ms }));
    },
    wait(ms: number, signal?: AbortSignal): Promise<void> {
      return new Promise((resolve, reject) => {
        const timer = { at: time + ms, resolve };
        timers.push(timer);
        signal?.addEventListener("abort", () => {
          timers = timers.filter(({ at, resolve: other }) => at !== timer.at || other !== resolve);
          reject(signal.reason);
        });
        advance();
      });
    },
    /** Resolves when all of them have ended; none may wait for anything but this time and the database. */
    async run(tasks: (() => Promise<unknown>)[]): Promise<void> {
      running = tasks.length;
      await Promise.all(
        tasks.map(async (task) => {
          await sleep(0);
          await task().finally(() => {
            running -= 1;
            advance();
          });
        }),
      );
    },
  };
}

export type VirtualTime = ReturnType<typeof createVirtualTime>;
