import { createFormControl } from "react-hook-form";
import { expect, test } from "vitest";
import { checkField } from "@/components/entry/fields/checks";
import { newLead, type TypedLead } from "@/components/entry/typed-lead";

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
