import { expect, test } from "vitest";
import { isWithinRequestLimit } from "@/lib/duplicates/queries";

test("sixty questions in ten seconds are answered, the next one is not, another person's is", () => {
  for (let question = 0; question < 60; question++) expect(isWithinRequestLimit("anna", question)).toBe(true);

  expect(isWithinRequestLimit("anna", 100)).toBe(false);
  expect(isWithinRequestLimit("boris", 100)).toBe(true);
});

test("who was refused is answered again as the first questions grow old", () => {
  for (let question = 0; question < 60; question++) isWithinRequestLimit("vera", question);

  expect(isWithinRequestLimit("vera", 9_999)).toBe(false);
  expect(isWithinRequestLimit("vera", 10_001)).toBe(true);
});
