import { expect, test } from "vitest";
import { toDayStart } from "@/lib/audit/to-day-start";

test.each([
  ["2025-11-21", "Europe/Moscow", 0, "2025-11-20T21:00:00Z"],
  ["2025-11-21", "Europe/Moscow", 1, "2025-11-21T21:00:00Z"],
  ["2025-11-21", "America/St_Johns", 0, "2025-11-21T03:30:00Z"],
  ["2025-11-21", undefined, 0, "2025-11-21T00:00:00Z"],
  ["2025-11-21", "Nowhere/Land", 0, "2025-11-21T00:00:00Z"],
  // The clocks change during the night of these days.
  ["2025-03-30", "Europe/Berlin", 0, "2025-03-29T23:00:00Z"],
  ["2025-03-30", "Europe/Berlin", 1, "2025-03-30T22:00:00Z"],
  ["2025-10-26", "Europe/Berlin", 1, "2025-10-26T23:00:00Z"],
])("%s in %s plus %i days starts at the right time", (date, zone, later, moment) => {
  expect(new Date(toDayStart(date, zone, later)).toISOString()).toBe(new Date(moment).toISOString());
});
