import { expect, test } from "vitest";
import { countVisit } from "@/lib/intake/count-visit";

const NOW = 1_763_719_200_000;

test("a network is counted although ten thousand others come", () => {
  for (let count = 0; count < 60; count++) countVisit("form", "mine", NOW);
  for (let other = 0; other < 9_000; other++) countVisit(`form ${other % 20}`, `net ${other}`, NOW);
  expect(countVisit("form", "mine", NOW)).toBe("refused");
  for (let other = 0; other < 9_000; other++) countVisit(`form ${other % 20}`, `more ${other}`, NOW);

  expect(countVisit("form", "mine", NOW)).toBe("refused_again");
});

test("a form's own limit holds however many networks there are", () => {
  for (let other = 0; other < 11_000; other++) countVisit("wide", `${other}`, NOW);
  expect(countVisit("wide", "new", NOW)).toBe("refused_again");
});
