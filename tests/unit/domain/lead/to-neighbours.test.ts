import { expect, test } from "vitest";
import { toNeighbours } from "@/lib/domain/lead/phone";

test("a number with one different digit or two swapped digits is a neighbour", () => {
  const neighbours = toNeighbours("79001234567");

  expect(neighbours.get("79001234568")).toBe("one_digit");
  expect(neighbours.get("89001234567")).toBe("one_digit");
  expect(neighbours.get("79001234576")).toBe("swapped");
  expect(neighbours.get("97001234567")).toBe("swapped");
});

test("the number itself and more distant numbers are not neighbours", () => {
  const neighbours = toNeighbours("79001234567");

  expect(neighbours.has("79001234567")).toBe(false);
  expect(neighbours.has("79001234500")).toBe(false);
  expect(neighbours.has("7900123456")).toBe(false);
  expect(neighbours.size).toBe(11 * 9 + 9);
});
