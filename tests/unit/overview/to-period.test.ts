import { expect, test } from "vitest";
import { overviewSchema } from "@/lib/overview/schema";
import { toPeriod } from "@/lib/overview/to-period";

const NOW = Date.parse("2026-11-21T22:30:00Z");
const HOUR_MS = 3_600_000;

const ask = (address: Record<string, string>, now = NOW) => toPeriod(overviewSchema.parse(address), now);

test("the default period is the last seven days in the zone, including today", () => {
  const period = ask({ zone: "Europe/Moscow" });

  expect(period).toMatchObject({ from: "2026-11-16", to: "2026-11-22", step: "day" });
  expect(period.slices).toHaveLength(7);
  expect(new Date(period.start).toISOString()).toBe("2026-11-15T21:00:00.000Z");
  expect(new Date(period.end).toISOString()).toBe("2026-11-22T21:00:00.000Z");
});

test.each([
  ["1", "hour", 24],
  ["30", "day", 30],
  ["90", "day", 90],
])("%s days are divided by the %s", (range, step, count) => {
  const period = ask({ range, zone: "Asia/Kolkata" });

  expect(period.step).toBe(step);
  expect(period.slices).toHaveLength(count);
});

test("a period of more than three months is divided into weeks that start on Monday", () => {
  const { step, slices } = ask({ from: "2026-01-01", to: "2026-06-30", zone: "UTC" });

  expect(step).toBe("week");
  expect(new Date(slices[0] ?? 0).toISOString()).toBe("2025-12-29T00:00:00.000Z");
  expect(new Date(slices.at(-1) ?? 0).toISOString()).toBe("2026-06-29T00:00:00.000Z");
});

test.each([
  [{ from: "2026-11-10", to: "2027-11-10" }, "2026-11-10", "2026-11-21"],
  [{ from: "2026-11-20", to: "2026-11-10" }, "2026-11-10", "2026-11-10"],
  [{ from: "2010-01-01", to: "2026-11-10" }, "2025-11-10", "2026-11-10"],
  [{ from: "yesterday", to: "2026-11-10" }, "2026-11-15", "2026-11-21"],
  [{ from: "2026-11-10" }, "2026-11-15", "2026-11-21"],
  [{ range: "365" }, "2026-11-15", "2026-11-21"],
])("%j is the period from %s to %s", (address, from, to) => {
  expect(ask({ ...address, zone: "UTC" })).toMatchObject({ from, to });
});

test("an unknown zone counts as UTC, and a missing zone stays absent", () => {
  expect(overviewSchema.parse({ zone: "Mars/Olympus" }).zone).toBe("UTC");
  expect(overviewSchema.parse({}).zone).toBeUndefined();
});

test("a time falls into its local day before and after a clock change", () => {
  const { parts, start, end } = ask({ from: "2026-10-24", to: "2026-10-26", zone: "Europe/Madrid" });
  const toIndex = (at: number) =>
    parts.filter((part) => part.start <= at && at < part.end).map(({ slice }) => slice);

  expect(end - start).toBe(73 * HOUR_MS);
  expect(toIndex(Date.parse("2026-10-24T21:59:59Z"))).toEqual([0]);
  expect(toIndex(Date.parse("2026-10-24T22:00:00Z"))).toEqual([1]);
  expect(toIndex(Date.parse("2026-10-25T22:59:59Z"))).toEqual([1]);
  expect(toIndex(Date.parse("2026-10-25T23:00:00Z"))).toEqual([2]);
});
