import { expect, test } from "vitest";
import { toDayBounds, toDayLater, toDayOf } from "@/lib/daily-proof/days";
import { daySchema } from "@/lib/daily-proof/schema";

const HOUR_MS = 60 * 60_000;

test("a day begins and ends at midnight of its zone, also when the clocks change within it", () => {
  const { start, end } = toDayBounds("2026-10-25", "Europe/Berlin");

  expect(new Date(start).toISOString()).toBe("2026-10-24T22:00:00.000Z");
  expect((end - start) / HOUR_MS).toBe(25);
  expect([start - 1, start, end - 1, end].map((at) => toDayOf(at, "Europe/Berlin"))).toEqual([
    "2026-10-24",
    "2026-10-25",
    "2026-10-25",
    "2026-10-26",
  ]);
});

test("days are counted over months and years", () => {
  expect(toDayLater("2026-03-01", -1)).toBe("2026-02-28");
  expect(toDayLater("2026-12-31", 1)).toBe("2027-01-01");
});

test.each(["2026-11-31", "2026-1-1", "1999-12-31", "2026-11-30T00:00:00Z", "", "9".repeat(100_000)])(
  "%.20s is no day",
  (day) => {
    expect(daySchema.safeParse(day).success).toBe(false);
  },
);
