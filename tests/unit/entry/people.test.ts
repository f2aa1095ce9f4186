import { expect, test, vi } from "vitest";
import { readPeople } from "@/components/entry/paste/read-people";
import { listTwins } from "@/components/entry/people/list-twins";
import { toLeadOfPerson } from "@/components/entry/people/to-lead-of-person";
import { newLead } from "@/components/entry/typed-lead";
import { someRules } from "@/tests/support/forms";

const rules = someRules();
const aPerson = { id: "1", name: "Иван", surname: "", phone: "", telegram: "", email: "", comment: "" };

test("each person of a paste is a row with an id of its own; what has no column is in its comment", () => {
  const text = "Иван Петров @ivan_p маркетолог 120к после 18\nМария +7 900 123-45-68 из Expo";
  const read = readPeople(text, { ...rules, hidden: ["telegram"] }, ["Expo"], false);
  const [ivan, maria, ...others] = read.people;

  expect(ivan).toMatchObject({ name: "Иван", surname: "Петров", telegram: "" });
  expect(ivan?.comment.split("\n").toSorted()).toEqual(["120000", "@ivan_p", "маркетолог", "после 18"]);
  expect(maria).toMatchObject({ name: "Мария", phone: "+7 900 123-45-68", comment: "Expo" });
  expect(others).toEqual([]);
  expect(new Set([ivan?.id, maria?.id]).size).toBe(2);
});

test("a patronymic is in the row's comment", () => {
  const sheet = "Фамилия\tИмя\tОтчество\tТелефон\nПетров\tИван\tСергеевич\t89001234567\n";
  const { people } = readPeople(`${sheet}Сидорова\tАнна\tИльинична\t89001234568`, rules, [], false);

  expect(people).toMatchObject([
    { name: "Иван", surname: "Петров", comment: "Сергеевич" },
    { name: "Анна", surname: "Сидорова", comment: "Ильинична" },
  ]);
});

test("one person is a row only beside others", () => {
  const text = "Иван Петров +7 900 123-45-67";

  expect(readPeople(text, rules, [], false).people).toEqual([]);
  expect(readPeople(text, rules, [], true)).toMatchObject({
    people: [{ name: "Иван", phone: "+7 900 123-45-67" }],
    isCut: false,
  });
  expect(readPeople("a".repeat(10_001), rules, [], true)).toEqual({ people: [], isCut: true });
});

test("a person who stands in an earlier row is marked at what both share", () => {
  const people = [
    { ...aPerson, phone: "+7 900 123-45-67" },
    { ...aPerson, telegram: "@ivan", phone: "8 (900) 123 45 67" },
    { ...aPerson, telegram: "Ivan" },
    { ...aPerson, email: "a@example.com" },
    { ...aPerson, telegram: "https://t.me/ivan" },
    { ...aPerson, email: "mailto:A@example.com" },
    { ...aPerson, phone: "+7 (900) 123-45-67 доб. 5" },
    { ...aPerson, phone: "+1 900 123-45-67" },
  ];

  expect(listTwins(people, "RU")).toEqual([
    undefined,
    { field: "phone", row: 0 },
    { field: "telegram", row: 1 },
    undefined,
    { field: "telegram", row: 1 },
    { field: "email", row: 3 },
    { field: "phone", row: 0 },
    undefined,
  ]);
});

test("a name or a phone that is off the form is in the row's comment", () => {
  const text = "Иван Петров +7 900 123-45-67 @ivan_p\nМария Сидорова +7 900 123-45-68 @maria_s";
  const { people } = readPeople(text, { ...rules, hidden: ["surname", "phone"] }, [], false);

  expect(people[0]).toMatchObject({ name: "Иван", surname: "", phone: "", telegram: "@ivan_p" });
  expect(people[0]?.comment.split("\n").toSorted()).toEqual(["+7 900 123-45-67", "Петров"]);
});

test("each row is a lead that came by a list, in the language of the form, with the source above", () => {
  vi.stubGlobal("document", { documentElement: { lang: "ru" } });
  const state = { prefill: { link: { utm_medium: "qr" } }, rules };

  expect(
    toLeadOfPerson(aPerson, newLead({ source: "Expo", email: "of@another.person" }), state),
  ).toMatchObject({
    ...{ id: "1", name: "Иван", source: "Expo", utm_medium: "qr", email: "" },
    ...{ through: "import", language: "ru" },
  });
});
