import { expect, test } from "vitest";
import { type Found, toFieldHint } from "@/components/entry/duplicates/to-field-hint";

type Match = Found["matches"][number];

function aMatch(by: Match["by"], strength: Match["strength"]): Match {
  return {
    by,
    strength,
    title: "Иван",
    author: "Анна",
    byForm: false,
    createdAt: 1,
    state: "held",
    outcome: null,
    leadId: null,
  };
}

function found(more: Partial<Found>): Found {
  const lead = { id: "1", phone: "", telegram: "", email: "" };
  return {
    lead,
    matches: [],
    contacts: [],
    wasErased: false,
    isCapped: false,
    isKommoSilent: false,
    ...more,
  };
}

test("each match stands under the field that it has in common, a namesake under the surname", () => {
  const matches = [aMatch("phone", "exact"), aMatch("email", "exact"), aMatch("name", "weak")];

  const toStrengths = (field: "phone" | "email" | "surname" | "name") =>
    toFieldHint(field, found({ matches })).matches.map(({ strength }) => strength);
  expect([toStrengths("phone"), toStrengths("email"), toStrengths("surname"), toStrengths("name")]).toEqual([
    ["exact"],
    ["exact"],
    ["weak"],
    [],
  ]);
});

test("the question belongs to one field, where the first exact match is", () => {
  const matches = [aMatch("name", "weak"), aMatch("telegram", "exact"), aMatch("email", "exact")];

  const first = (["phone", "surname", "telegram", "email"] as const).filter(
    (field) => toFieldHint(field, found({ matches })).isFirst,
  );
  expect(first).toEqual(["telegram"]);
});

test("that a contact was erased stands under the first one that is filled", () => {
  const erased = found({ wasErased: true, lead: { id: "1", phone: "", telegram: "@ivan", email: "a@b.c" } });

  expect(toFieldHint("telegram", erased).wasErased).toBe(true);
  expect(toFieldHint("email", erased).wasErased).toBe(false);
});
