import { expect, test } from "vitest";
import { checkCodes, differenceCodes, driftKinds } from "@/lib/domain/mapping/schema";
import { absences, routingCheckCodes, routingDifferenceCodes, whys } from "@/lib/domain/routing/schema";
import { errorKinds } from "@/lib/errors";
import crashed from "@/messages/crashed.json";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

function toKeys(words: object, path = ""): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string" ? [path + key] : toKeys(value, `${path}${key}.`),
  );
}

test("English and Russian have the same keys in the same order", () => {
  expect(toKeys(ru)).toEqual(toKeys(en));
  expect(toKeys(crashed.ru)).toEqual(toKeys(crashed.en));
});

// A lead stores why its delivery failed. Mistakes in a person's own request are never stored with it.
const ofLeads = Object.entries(errorKinds).filter(([, kind]) => kind !== "yours");

test.each(ofLeads)("a lead's problem %s has words in both languages", (code) => {
  expect(en.errors).toHaveProperty(code);
  expect(ru.errors).toHaveProperty(code);
});

const halting = Object.entries(errorKinds).filter(([, kind]) => kind === "connection");

test.each([...halting.map(([code]) => code), "sending_refused"])(
  "an admin reads why %s halts the queue, and what to do",
  (code) => {
    for (const words of [en, ru]) {
      expect(words.delivery.reasons).toHaveProperty(code);
      expect(words.delivery.remedies).toHaveProperty(code);
      expect(words.delivery.band.since).toHaveProperty(code);
      expect(words.kommo.failures).toHaveProperty(code);
    }
  },
);

test("there is no message for a problem that no lead can have", () => {
  const yours = Object.entries(errorKinds).filter(([, kind]) => kind === "yours");

  expect(yours.filter(([code]) => code in en.errors)).toEqual([]);
});

test.each([
  ...driftKinds.map((kind) => ["drift", kind]),
  ...checkCodes.map((code) => ["mapping.checks", code]),
  ...differenceCodes.map((code) => ["mapping.diff", code]),
  ...routingCheckCodes.map((code) => ["routing.checks", code]),
  ...routingDifferenceCodes.map((code) => ["routing.diff", code]),
  ...whys.map((code) => ["routing.why", code]),
  ...absences.map((code) => ["routing.absences", code]),
])("%s.%s has a message in both languages", (group, code) => {
  expect(en).toHaveProperty(`${group}.${code}`);
  expect(ru).toHaveProperty(`${group}.${code}`);
});
