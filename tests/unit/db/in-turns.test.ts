import { expect, test } from "vitest";
import { inTurns } from "@/lib/db/in-turns";

test("everything is given once, in order, and others have their turn between two pieces", async () => {
  const all = Array.from({ length: 1200 }, (_, index) => index);
  const seen: (number | "other")[] = [];
  let pieces = 0;

  for await (const some of inTurns(all)) {
    pieces += 1;
    seen.push(...some);
    setImmediate(() => seen.push("other"));
  }

  expect(seen.filter((one) => one !== "other")).toEqual(all);
  expect(pieces).toBe(3);
  expect(seen.indexOf("other")).toBe(500);
  expect(seen.lastIndexOf("other")).toBe(1001);
});

test("nothing is no piece", async () => {
  for await (const some of inTurns([])) expect.unreachable(String(some));
});
