import { expect, test } from "vitest";
import { backoffMs } from "@/lib/delivery/backoff";

const middle = () => 0.5;

test("the wait grows to an hour and stays there", () => {
  const seconds = [1, 2, 3, 4, 5, 6, 7, 1000].map((tries) => backoffMs(tries, middle) / 1000);

  expect(seconds).toEqual([5, 15, 60, 300, 900, 3600, 3600, 3600]);
});

test("jitter varies the wait by up to a fifth in both directions", () => {
  expect(backoffMs(1, () => 0)).toBe(4000);
  expect(backoffMs(1, () => 1)).toBe(6000);
});
