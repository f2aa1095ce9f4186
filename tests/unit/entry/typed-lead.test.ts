import { expect, test } from "vitest";
import { isBlank, isEmpty, newLead, toNextLead } from "@/components/entry/typed-lead";

test("a form that holds only the prefill is empty; a word, a custom value or a leftover of the person's is not", () => {
  const prefill = { source: "expo" };
  const lead = newLead(prefill);

  expect(isEmpty(lead, prefill)).toBe(true);
  expect(isEmpty(lead, { source: "other" })).toBe(false);
  expect(isEmpty({ ...lead, custom: { "leads:1": "x" } }, prefill)).toBe(false);
  expect(isEmpty({ ...lead, leftovers: ["zzqx"] }, prefill)).toBe(false);
  expect(isBlank({ ...lead, leftovers: ["zzqx"] }, prefill)).toBe(true);
});

test("what was typed while the lead was on its way belongs to the next one, and nothing else does", () => {
  const sent = newLead({ name: "Иван", phone: "8900", custom: { city: "Тула" }, leftovers: ["zzqx"] });

  expect(toNextLead(sent, sent)).toEqual({});
  expect(toNextLead({ ...sent, telegram: "@an" }, sent)).toEqual({ telegram: "@an" });
  expect(toNextLead({ ...sent, custom: { city: "Омск" } }, sent)).toEqual({ custom: { city: "Омск" } });
  expect(toNextLead({ ...sent, leftovers: ["qqww"] }, sent)).toEqual({ leftovers: ["qqww"] });
});
