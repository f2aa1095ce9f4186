import { expect, test } from "vitest";
import { mayAsk } from "@/lib/duplicates/queries";

test("sixty questions in ten seconds are answered, the next one is not, another person's is", () => {
  for (let question = 0; question < 60; question++) expect(mayAsk("anna", question)).toBe(true);

  expect(mayAsk("anna", 100)).toBe(false);
  expect(mayAsk("boris", 100)).toBe(true);
});

test("who was refused is answered again as the first questions grow old", () => {
  for (let question = 0; question < 60; question++) mayAsk("vera", question);

  expect(mayAsk("vera", 9_999)).toBe(false);
  expect(mayAsk("vera", 10_001)).toBe(true);
});
