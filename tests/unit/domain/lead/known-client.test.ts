import { expect, test } from "vitest";
import { isLookedUp, toKnownClient } from "@/lib/domain/lead/known-client";

const aContact = (id: number, isExact = true) => ({ id, name: `Contact ${id}`, userId: 7, isExact });
const contact = (id: number) => ({ id, name: `Contact ${id}`, userId: 7 });

test.each([
  ["none", [], null, { why: "none", contact: null, count: 0 }],
  ["only one of a similar phone", [aContact(1, false)], 1, { why: "none", contact: null, count: 0 }],
  ["one", [aContact(1), aContact(2, false)], null, { why: "only", contact: contact(1), count: 1 }],
  ["several", [aContact(1), aContact(2)], null, { why: "several", contact: null, count: 2 }],
  ["the chosen one", [aContact(1), aContact(2)], 2, { why: "chosen", contact: contact(2), count: 2 }],
  ["a chosen one that is gone", [aContact(1), aContact(2)], 3, { why: "several", contact: null, count: 2 }],
  ["another than the chosen one", [aContact(1)], 3, { why: "only", contact: contact(1), count: 1 }],
  ["one, and a new one was wanted", [aContact(1)], 0, { why: "new", contact: null, count: 1 }],
])("of %s among Kommo's contacts the lead has this", (_, found, choice, expected) => {
  expect(toKnownClient(found, choice)).toEqual(expected);
});

test.each([
  ["+79001234567", true],
  ["+74951234567,12", false],
  ["89001234567", false],
  ["вечером", false],
  [null, false],
])("%s is looked up: %s", (phone, isAsked) => {
  expect(isLookedUp(phone)).toBe(isAsked);
});
