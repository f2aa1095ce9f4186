import { beforeEach, expect, test, vi } from "vitest";

let clock: typeof import("@/lib/clock");

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubGlobal("leadDeskReading", undefined);
  clock = await import("@/lib/clock");
  return () => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  };
});

test("time is this machine's where there is no other clock", () => {
  vi.setSystemTime(5_000_000);

  expect(clock.tellTime()).toBe(5_000_000);
});

test("time goes on from what was read of the shared clock, whatever becomes of this machine's", () => {
  clock.setTime(1_600_000, performance.now());
  vi.advanceTimersByTime(5000);
  vi.setSystemTime(9_000_000);

  expect(clock.tellTime()).toBe(1_605_000);
});

test("a reading that came late changes nothing that it cannot know", () => {
  clock.setTime(1_600_000, performance.now());
  vi.advanceTimersByTime(1000);
  const askedAt = performance.now();
  vi.advanceTimersByTime(3000);

  clock.setTime(1_601_000, askedAt);

  expect(clock.tellTime()).toBe(1_604_000);
});

test.each([-600_000, 600_000])("a jump of the shared clock by %i ms is followed", (jump) => {
  clock.setTime(1_000_000, performance.now());

  clock.setTime(1_000_000 + jump, performance.now());

  expect(clock.tellTime()).toBe(1_000_000 + jump);
});
