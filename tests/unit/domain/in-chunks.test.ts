import { expect, test } from "vitest";
import { inChunks } from "@/lib/domain/in-chunks";

test.each([
  [[], []],
  [[1], [[1]]],
  [[1, 2], [[1, 2]]],
  [
    [1, 2, 3],
    [[1, 2], [3]],
  ],
])("%j in pieces of two is %j", (all, pieces) => {
  expect(inChunks(all, 2)).toEqual(pieces);
});
