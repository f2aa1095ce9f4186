import { expect, test } from "vitest";
import { inTurns } from "@/lib/db/in-turns";

test("everything is given once, in order, and others have their turn between two pieces", async () => {
  const all = Array.from({ length: 1050 }, (_, index) => index);
  const seen: (number | "other")[] = [];
  let pieces = 0;

  for await (const some of inTurns(all)) {
    pieces += 1;
    seen.push(...some);
    setImmediate(() => seen.push("other"));
  }

  expect(seen.filter((one) => one !== "other")).toEqual(all);
  expect(pieces).toBe(42);
  expect(seen.indexOf("other")).toBe(25);
  expect(seen.lastIndexOf("other")).toBe(1065);
});

test("the caller may say how long a piece is", async () => {
  const pieces: number[][] = [];

  for await (const some of inTurns([1, 2, 3], 2)) pieces.push(some);

  expect(pieces).toEqual([[1, 2], [3]]);
});

test("nothing is no piece", async () => {
  for await (const some of inTurns([])) expect.unreachable(String(some));
});
