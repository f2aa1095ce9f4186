import { expect, test } from "vitest";
import { type Budget, nextStart } from "@/lib/outbox/next-start";

const UNUSED: Budget = { starts: [], gapMs: 0, closedUntil: 0 };

function takeStarts(count: number, budget = UNUSED, now = 1_000_000): number[] {
  const starts: number[] = [];
  for (let taken = 0; taken < count; taken++) {
    const next = nextStart(budget, now);
    starts.push(next.start);
    budget = next.budget;
  }
  return starts;
}

test("no sliding second holds more than six requests, however many want to go", () => {
  const starts = takeStarts(100);

  const busiest = starts.map((from) => starts.filter((at) => at >= from && at < from + 1000).length);
  expect(Math.max(...busiest)).toBe(6);
});

test("the allowed rate is used to at least 95 per cent", () => {
  const starts = takeStarts(600);

  const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1000;
  expect(600 / seconds / 6).toBeGreaterThan(0.95);
});

test("a single request goes at once", () => {
  expect(takeStarts(1)).toEqual([1_000_000]);
});

test("a gap stretches the spacing", () => {
  expect(takeStarts(3, { ...UNUSED, gapMs: 2000 })).toEqual([1_000_000, 1_002_000, 1_004_000]);
});

test("nothing goes while Kommo asked for silence", () => {
  expect(takeStarts(2, { ...UNUSED, closedUntil: 1_300_000 })).toEqual([1_300_000, 1_300_000]);
});
