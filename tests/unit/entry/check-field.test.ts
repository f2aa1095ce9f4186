import { createFormControl } from "react-hook-form";
import { expect, test } from "vitest";
import { checkField, listProblems, toResolver } from "@/components/entry/fields/checks";
import { listWrong } from "@/components/entry/fields/inputs";
import { newLead, type TypedLead } from "@/components/entry/typed-lead";
import { someRules } from "@/tests/support/forms";

function fill(typed: Partial<TypedLead>) {
  const { control, formControl } = createFormControl<TypedLead>({ defaultValues: newLead(typed) });
  // As it is once the page stands: before that, only what it begins with is read.
  control._state.mount = true;
  return formControl;
}

test("a phone is put in groups, and how it was typed is kept", () => {
  const form = fill({ phone: "89001234567" });

  expect(checkField(form, "phone", "RU")).toBeUndefined();

  expect(form.getValues()).toMatchObject({ phone: "+7 900 123-45-67", phone_raw: "89001234567" });
});

test("a phone that stands in Telegram goes to Phone", () => {
  const form = fill({ telegram: "t.me/+79001234567" });

  checkField(form, "telegram", "RU");

  expect(form.getValues()).toMatchObject({ phone: "+79001234567", telegram: "" });
});

test("a phone that stands in Telegram stays there while Phone holds another", () => {
  const form = fill({ telegram: "t.me/+79001234567", phone: "+7 900 765-43-21" });

  checkField(form, "telegram", "RU");

  expect(form.getValues()).toMatchObject({ phone: "+7 900 765-43-21", telegram: "t.me/+79001234567" });
});

test("letters of the other layout are noted, and stay as typed", () => {
  const form = fill({ name: "bdfy" });

  expect(checkField(form, "name", "RU")).toMatchObject({ kind: "layout", suggestion: "иван" });

  expect(form.getValues("name")).toBe("bdfy");
});

test("a phone typed into Telegram is offered for Phone, while that is empty", () => {
  expect(checkField(fill({ telegram: "8 900 123-45-67" }), "telegram", "RU")).toEqual({
    kind: "is_phone",
    suggestion: "+7 900 123-45-67",
    moveTo: "phone",
  });
  expect(checkField(fill({ telegram: "8 900 123-45-67", phone: "1" }), "telegram", "RU")).toEqual({
    kind: "no_handle",
  });
});

test("a number of a neighbouring country stays as typed, with an offer", () => {
  const form = fill({ phone: "8 029 123-45-67" });

  expect(checkField(form, "phone", "RU")).toEqual({ kind: "abroad", suggestion: "+375 29 123 45 67" });

  expect(form.getValues("phone")).toBe("8 029 123-45-67");
});

test.each([
  ["name", "МАРИЯ", "Мария"],
  ["surname", "ким", "Ким"],
] as const)("%s %s stays as typed, with an offer of %s", (field, typed, suggestion) => {
  const form = fill({ [field]: typed });

  expect(checkField(form, field, "RU")).toEqual({ kind: "case", suggestion });

  expect(form.getValues(field)).toBe(typed);
});

test.each([
  ["email", "ivan@example.com\u200b,", "ivan@example.com"],
  ["email", "mailto:ivan@example.com", "ivan@example.com"],
  ["income", "120к", "120000"],
  ["telegram", "«@ivan_p»", "@ivan_p"],
  ["phone", "8 495 123-45-67 вн. 5", "+7 495 123-45-67 доб. 5"],
] as const)("the %s %j is put in order: %s", (field, typed, inOrder) => {
  const form = fill({ [field]: typed });

  expect(checkField(form, field, "RU")).toBeUndefined();

  expect(form.getValues(field)).toBe(inOrder);
});

test("a name of mixed letters is offered in one script, and stays as typed", () => {
  const form = fill({ name: "Cергей" });

  expect(checkField(form, "name", "RU")).toEqual({ kind: "mixed", suggestion: "Сергей" });

  expect(form.getValues("name")).toBe("Cергей");
});

test("a lead without the consent that is asked for is sent nowhere, nor kept on the device", async () => {
  const rules = someRules({ consent: { version: 2, text: "I agree" } });
  const lead = { name: "Anna", phone: "+7 900 123-45-67" };
  const check = async (consent_version?: number) => {
    const values = newLead({ ...lead, consent_version });
    const options = { fields: {}, shouldUseNativeValidation: false };
    return { ...(await toResolver(rules)(values, undefined, options)).errors };
  };

  expect(listProblems(newLead(lead), rules)).toEqual({ consent_version: "consent_missing" });
  expect(listProblems(newLead({ ...lead, consent_version: 2 }), rules)).toEqual({});
  expect(await check()).toMatchObject({ consent_version: { message: "consent_missing" } });
  expect(await check(2)).toEqual({});
  expect(listWrong(await check())).toEqual(["consent_version"]);
});
