import { expect, test } from "vitest";
import { isWithinRequestLimit } from "@/lib/duplicates/queries";

test("a person may make sixty requests in ten seconds, and other people are not affected", () => {
  for (let question = 0; question < 60; question++) expect(isWithinRequestLimit("anna", question)).toBe(true);

  expect(isWithinRequestLimit("anna", 100)).toBe(false);
  expect(isWithinRequestLimit("boris", 100)).toBe(true);
});

test("a refused person may ask again when the first requests are ten seconds old", () => {
  for (let question = 0; question < 60; question++) isWithinRequestLimit("vera", question);

  expect(isWithinRequestLimit("vera", 9_999)).toBe(false);
  expect(isWithinRequestLimit("vera", 10_001)).toBe(true);
});
