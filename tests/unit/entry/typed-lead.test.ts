import { expect, test } from "vitest";
import { toChosenContact, toFullComment, toNextLead } from "@/components/entry/sent-lead";
import { isBlank, isEmpty, newLead } from "@/components/entry/typed-lead";

const aPerson = { id: "7", name: "Иван", surname: "", phone: "+7", telegram: "", email: "", comment: "" };

test("a form that holds only the prefill is empty; a word, a custom value or a leftover of the person's is not", () => {
  const prefill = { source: "expo" };
  const lead = newLead(prefill);

  expect(isEmpty(lead, prefill)).toBe(true);
  expect(isEmpty(lead, { source: "other" })).toBe(false);
  expect(isEmpty({ ...lead, custom: { "leads:1": "x" } }, prefill)).toBe(false);
  expect(isEmpty({ ...lead, leftovers: ["zzqx"] }, prefill)).toBe(false);
  expect(isEmpty({ ...lead, people: [aPerson] }, prefill)).toBe(false);
  expect(isBlank({ ...lead, leftovers: ["zzqx"] }, prefill)).toBe(true);
});

test("what was typed while the lead was on its way belongs to the next one, and nothing else does", () => {
  const sent = newLead({ name: "Иван", phone: "8900", custom: { city: "Тула" }, leftovers: ["zzqx"] });

  expect(toNextLead(sent, sent)).toEqual({});
  expect(toNextLead({ ...sent, telegram: "@an" }, sent)).toEqual({ telegram: "@an" });
  expect(toNextLead({ ...sent, custom: { city: "Омск" } }, sent)).toEqual({ custom: { city: "Омск" } });
  expect(toNextLead({ ...sent, leftovers: ["qqww"] }, sent)).toEqual({ leftovers: ["qqww"] });
  expect(toNextLead({ ...sent, people: [aPerson] }, sent)).toEqual({ people: [aPerson] });
  expect(toNextLead({ ...sent, people: [aPerson] }, { ...sent, people: [aPerson] })).toEqual({
    people: [aPerson],
  });
});

test("leftovers of a paste go below the comment, one a line", () => {
  expect(toFullComment("vip", ["после 18", "заказ 12"])).toBe("vip\nпосле 18\nзаказ 12");
  expect(toFullComment("", ["после 18"])).toBe("после 18");
  expect(toFullComment("vip")).toBe("vip");
});

test.each([
  ["as it was when it was chosen", "+7 900 123-45-67", "+7 900 123-45-67", 9],
  ["in another spelling", "8 900 123-45-67", "+7 900 123-45-67", 9],
  ["another one", "+7 900 123-45-67", "+7 900 123-45-68", undefined],
])("a chosen contact goes with the phone, which is %s", (_, before, phone, contact) => {
  expect(toChosenContact({ chosen: { phone: before, contact: 9 }, phone })).toBe(contact);
  expect(toChosenContact({ phone })).toBeUndefined();
});
