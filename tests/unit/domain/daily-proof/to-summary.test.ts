import { expect, test } from "vitest";
import { NO_LEADS } from "@/lib/domain/daily-proof/compare-leads";
import { toSummary } from "@/lib/domain/daily-proof/to-summary";

test.each([
  ["all are there", { entered: 2 }, ["equal", "equalSoFar"]],
  ["some or all lie in the trash", { entered: 2, trashed: 2 }, ["trashed", "trashedSoFar"]],
  ["nothing was entered", {}, ["none", "noneSoFar"]],
  ["all were withdrawn", { withdrawn: 1 }, ["withdrawn", "withdrawnSoFar"]],
])("of a day whose proof is equal, the sentence says when %s, and what is so far", (_, more, keys) => {
  const proof = { counts: { ...NO_LEADS, ...more }, verdict: "equal" } as const;

  expect([true, false].map((isOfWholeDay) => toSummary({ ...proof, isOfWholeDay }))).toEqual(keys);
});

test("another verdict says itself, whatever lies in the trash", () => {
  const proof = { counts: { ...NO_LEADS, entered: 3, trashed: 3 }, isOfWholeDay: false };

  expect(toSummary({ ...proof, verdict: "different" })).toBe("different");
});
