import { expect, test } from "vitest";
import { toQuestion } from "@/components/entry/duplicates/fetch-duplicates";
import { readPhone } from "@/lib/domain/lead/phone";
import { aLead } from "@/tests/support/builders";

const lead = aLead({ name: "Anna" });
const ask = (phone: string) => toQuestion({ ...lead, phone }, readPhone(phone, "RU").e164);

test("a phone that is put in groups asks nothing new, and another number does", () => {
  expect(ask("8 (955) 101 20 30")).toBe(ask("+7 955 101-20-30"));
  expect(ask("8 (955) 101 20 31")).not.toBe(ask("+7 955 101-20-30"));
});

test.each(["1012030", "955 101 20"])("of what is no whole number it asks as it was typed: %s", (phone) => {
  expect(new URLSearchParams(ask(phone)).get("phone")).toBe(phone);
});

test("too few digits ask nothing", () => {
  expect(ask("955 10")).toBe("");
});
