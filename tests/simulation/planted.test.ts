import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { plantedBugs } from "./planted";

test.each(plantedBugs)("the bug against this rule can be planted: $rule", ({ file, from, to }) => {
  const source = readFileSync(file, "utf8");

  expect(source.split(from)).toHaveLength(2);
  expect(to).not.toBe(from);
});
