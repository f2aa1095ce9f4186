import { expect, test } from "vitest";
import { countRequest } from "@/lib/duplicates/queries";

test("a person may make sixty requests in ten seconds, and other people are not affected", () => {
  for (let question = 0; question < 60; question++) expect(countRequest("anna", question)).toBe(true);

  expect(countRequest("anna", 100)).toBe(false);
  expect(countRequest("boris", 100)).toBe(true);
});

test("a refused person may ask again when the first requests are ten seconds old", () => {
  for (let question = 0; question < 60; question++) countRequest("vera", question);

  expect(countRequest("vera", 9_999)).toBe(false);
  expect(countRequest("vera", 10_001)).toBe(true);
});
