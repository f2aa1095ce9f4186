import { expect, test } from "vitest";
import {
  type Budget,
  isCrowded,
  nextForPerson,
  nextStart,
  nextYielding,
  setBack,
  settle,
} from "@/lib/rate-limit/next-start";

const UNUSED: Budget = { arrivals: [], yielding: [], gapMs: 0, closedUntil: 0 };

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
  expect(takeStarts(3, { ...UNUSED, gapMs: 2000 })).toEqual([1_000_000, 1_002_040, 1_004_080]);
});

test("nothing goes while Kommo asked for silence", () => {
  expect(takeStarts(2, { ...UNUSED, closedUntil: 1_300_000 })).toEqual([1_300_000, 1_300_000]);
});

test("a person takes the place of a delivery that waits, and the rate stays", () => {
  const full = { ...UNUSED, arrivals: Array(6).fill(1_000_000) };
  const delivery = nextYielding(full, 1_000_100);

  const person = nextForPerson(delivery.budget, 1_000_200);
  const moved = nextStart(person.budget, 1_000_980);

  expect(person.start).toBe(delivery.start);
  expect(person.budget.arrivals).toEqual(delivery.budget.arrivals);
  expect(moved.start).toBeGreaterThanOrEqual(person.start);
});

test("a delivery yields once, and a person after the first waits for it", () => {
  const full = { ...UNUSED, arrivals: Array(6).fill(1_000_000) };
  const waiting = nextYielding(full, 1_000_100).budget;
  const first = nextForPerson(waiting, 1_000_200);
  const delivery = nextStart(first.budget, 1_000_980);

  const second = nextForPerson(delivery.budget, 1_000_990);

  expect(second.start).toBeGreaterThanOrEqual(delivery.start);
});

test("a place that is about to be used is left to its delivery", () => {
  const full = { ...UNUSED, arrivals: Array(6).fill(1_000_000) };
  const delivery = nextYielding(full, 1_000_100);

  const person = nextForPerson(delivery.budget, delivery.start - 40);

  expect(person.budget.arrivals).toHaveLength(8);
});

test("room behind a start is kept free of those that follow", () => {
  const slow = nextStart({ ...UNUSED, arrivals: Array(5).fill(1_000_000) }, 1_000_000, 400);

  expect(slow.start).toBe(1_000_000);
  expect(takeStarts(6, slow.budget, 1_000_000).at(-1)).toBeGreaterThanOrEqual(1_001_400);
});

test("a request counts from its answer, as it may have arrived as late as that", () => {
  const slow = nextStart(UNUSED, 1_000_000);
  const answered = settle(slow.budget, slow, 1_000_300);

  expect(takeStarts(5, answered, 1_000_300)).toEqual(Array(5).fill(1_000_300));
  expect(takeStarts(6, answered, 1_000_300).at(-1)).toBeGreaterThanOrEqual(1_001_300);
});

test("an answer at once frees the way sooner", () => {
  const quick = nextStart({ ...UNUSED, gapMs: 500 }, 1_000_000);
  const answered = settle(quick.budget, quick, 1_000_002);

  expect(takeStarts(1, answered, 1_000_002)).toEqual([1_000_502]);
  expect(answered.arrivals).toHaveLength(1);
});

test("a place that waits is given up when those before it were answered late", () => {
  const before = { ...UNUSED, arrivals: Array(6).fill(1_000_000) };
  const place = nextYielding(before, 1_000_100);
  const [first, ...others] = place.budget.arrivals;
  const late = settle(place.budget, { start: 0, arrival: first ?? 0 }, 1_000_400);

  expect(isCrowded(place.budget, place)).toBe(false);
  expect(isCrowded(late, place)).toBe(false);
  expect(others).toHaveLength(6);
  const latest = Array.from({ length: 5 }).reduce<Budget>(
    (budget) => settle(budget, { start: 0, arrival: 1_000_000 }, 1_000_400),
    late,
  );
  expect(isCrowded(latest, place)).toBe(true);
});

test("when the clock was set back, those about to leave and those that follow are six in a second", () => {
  const full = { ...UNUSED, arrivals: Array(6).fill(1_000_090) };

  const after = setBack(full, 400_000, 600_000);

  expect(nextStart(after, 400_000).start).toBeGreaterThan(401_090);
});
