import { describe, expect, test } from "vitest";
import { toKnownZone } from "@/lib/domain/known-zone";
import { findNextStart, isWithinHours, toAccountTime, toLocalDay } from "@/lib/domain/routing/hours";

const ZONE = "Europe/Berlin";
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const at = (time: string) => Date.parse(time);

describe("hours of work", () => {
  test.each([
    ["at the first minute", "2026-11-25T08:00:00Z", true],
    ["a minute before", "2026-11-25T07:59:59Z", false],
    ["at the last minute", "2026-11-25T16:59:59Z", true],
    ["at the end", "2026-11-25T17:00:00Z", false],
    ["on a Saturday", "2026-11-28T10:00:00Z", false],
  ])("are %s: %s", (_, time, isOpen) => {
    expect(
      isWithinHours({ days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" }, toAccountTime(at(time), ZONE)),
    ).toBe(isOpen);
  });

  test.each([
    ["the evening they begin", "2026-11-25T22:00:00Z", true],
    ["the night after", "2026-11-26T03:00:00Z", true],
    ["the next evening", "2026-11-26T22:00:00Z", false],
    ["the night before", "2026-11-25T03:00:00Z", false],
  ])("over midnight belong to the day on which they begin: %s", (_, time, isOpen) => {
    expect(isWithinHours({ days: [3], from: "22:00", to: "06:00" }, toAccountTime(at(time), ZONE))).toBe(
      isOpen,
    );
  });

  test("from a time to the same one are the whole day", () => {
    const hours = { days: [3], from: "00:00", to: "00:00" };

    expect(isWithinHours(hours, toAccountTime(at("2026-11-24T23:00:00Z"), ZONE))).toBe(true);
    expect(isWithinHours(hours, toAccountTime(at("2026-11-25T22:59:00Z"), ZONE))).toBe(true);
    expect(isWithinHours(hours, toAccountTime(at("2026-11-25T23:00:00Z"), ZONE))).toBe(false);
  });

  test.each([
    ["before the clock goes forward", "2026-03-29T00:30:00Z", true],
    ["after the hour that is left out", "2026-03-29T01:30:00Z", true],
    ["at the end by the clock on the wall", "2026-03-29T02:00:00Z", false],
    ["in the hour that comes twice, the first time", "2026-10-25T00:30:00Z", true],
    ["in the hour that comes twice, the second time", "2026-10-25T01:30:00Z", true],
    ["after both", "2026-10-25T03:00:00Z", false],
  ])("go by the clock on the wall %s", (_, time, isOpen) => {
    expect(
      isWithinHours({ days: EVERY_DAY, from: "01:00", to: "04:00" }, toAccountTime(at(time), ZONE)),
    ).toBe(isOpen);
  });
});

describe("the next start", () => {
  const week = { days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" };

  test.each([
    ["later today", "2026-11-25T05:00:00Z", "2026-11-25T08:00:00Z"],
    ["tomorrow", "2026-11-25T18:00:00Z", "2026-11-26T08:00:00Z"],
    ["after the weekend", "2026-11-27T18:00:00Z", "2026-11-30T08:00:00Z"],
    ["on the first of a month", "2027-01-29T18:00:00Z", "2027-02-01T08:00:00Z"],
    ["after the clock went forward", "2026-03-27T18:00:00Z", "2026-03-30T07:00:00Z"],
  ])("is %s", (_, now, start) => {
    expect(findNextStart(week, [], at(now), ZONE)).toBe(at(start));
  });

  test("is after the days off, and nobody knows it when there is none", () => {
    const daysOff = [{ from: "2026-11-26", to: "2026-12-01" }];

    expect(findNextStart(week, daysOff, at("2026-11-25T18:00:00Z"), ZONE)).toBe(at("2026-12-02T08:00:00Z"));
    expect(findNextStart(null, daysOff, at("2026-11-26T08:00:00Z"), ZONE)).toBe(at("2026-12-01T23:00:00Z"));
    expect(
      findNextStart(week, [{ from: "2026-01-01", to: "2030-01-01" }], at("2026-11-25T18:00:00Z"), ZONE),
    ).toBeNull();
  });
});

test("a day is the account's", () => {
  expect(toLocalDay(at("2026-11-25T23:30:00Z"), ZONE)).toBe("2026-11-26");
});

test("days and hours of a zone that this machine does not know are those of UTC", () => {
  const now = at("2026-12-01T09:30:00Z");
  const time = toAccountTime(now, "Mars/Olympus");
  const hours = { days: EVERY_DAY, from: "09:00", to: "18:00" };

  expect(time).toEqual(toAccountTime(now, "UTC"));
  expect(isWithinHours(hours, time)).toBe(true);
  expect(findNextStart(hours, [], now, "Mars/Olympus")).toBe(at("2026-12-02T09:00:00Z"));
  expect([toKnownZone("Europe/Moscow"), toKnownZone("Mars/Olympus"), toKnownZone("")]).toEqual([
    "Europe/Moscow",
    "UTC",
    "UTC",
  ]);
});
