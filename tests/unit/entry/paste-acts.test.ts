import { createFormControl } from "react-hook-form";
import { expect, test } from "vitest";
import { type EntryEvent, type EntryState, reduceEntry, toEntryState } from "@/components/entry/entry-state";
import { noteLongComment, placeLeftover } from "@/components/entry/paste/place-leftovers";
import { fillFromPaste } from "@/components/entry/paste/read-paste";
import { type LeadForm, newLead, type TypedLead } from "@/components/entry/typed-lead";
import type { FormField } from "@/lib/domain/mapping/schema";
import { someRules } from "@/tests/support/forms";

function aForm(typed: Partial<TypedLead>): LeadForm {
  const { control, formControl } = createFormControl<TypedLead>({ defaultValues: newLead(typed) });
  // As it is once the page stands: before that, only what it begins with is read.
  control._state.mount = true;
  return formControl as LeadForm;
}

const education: FormField = {
  ...{ key: "leads:502", kind: "select", options: [{ id: 701, value: "Высшее" }], former: [] },
  ...{ label: { en: "Education", ru: "Образование" }, help: { en: "", ru: "" }, required: false },
  own: { field: "education", words: {} },
};
const rules = someRules({ custom: [education], hidden: ["education"] });

function aStore(form: LeadForm) {
  let state: EntryState = toEntryState({
    ...{ rules, correcting: undefined, isMoreOpen: false, after: undefined },
  });
  const dispatch = (event: EntryEvent) => {
    state = reduceEntry(state, event);
  };
  const paste = (text: string) => {
    const store = { get: () => state, dispatch, subscribe: () => () => true, until: async () => undefined };
    const filled = fillFromPaste(text, undefined, form, store, []);
    const values = form.getValues();
    dispatch({ type: "changed", name: "people", isByHand: false, values, at: 0 });
    return filled;
  };
  return { paste, get: () => state };
}

test("an option that a paste has chosen is among what it filled", () => {
  const form = aForm({});
  const store = aStore(form);

  expect(store.paste("Иван, образование: высшее")).toEqual(["name"]);

  expect(form.getValues("custom")).toEqual({ "leads:502": "701" });
  expect(store.get().paste?.filled).toEqual(["name", "custom.leads:502"]);
});

test("a list that is longer than one person's words is not offered as one lead", () => {
  const people = ["Иван Петров +79001234567", "Мария Сидорова +79001234568"].join("\n");
  const [short, long] = [aStore(aForm({})), aStore(aForm({}))];

  short.paste(people);
  long.paste(`${people}\n${"заметка\n".repeat(1500)}`);

  expect(short.get().found).toEqual({ text: people, isCut: false });
  expect(long.get()).toMatchObject({ found: { text: "", isCut: true }, people: [{ name: "Иван" }, {}] });
});

test("what a leftover replaces is a leftover; words go behind what was typed", () => {
  const form = aForm({
    phone: "+7 900 123-45-67",
    profession: "повар",
    leftovers: ["+79001234568", "су-шеф"],
  });
  form.setValue("phone_raw", "89001234567");

  placeLeftover(form, "+79001234568", "phone");
  placeLeftover(form, "су-шеф", "profession");

  expect(form.getValues()).toMatchObject({
    phone: "+79001234568",
    profession: "повар су-шеф",
    leftovers: ["+7 900 123-45-67"],
  });
  expect(form.getValues("phone_raw")).toBeUndefined();
});

test("leftovers that make the comment too long go into it before it is checked, so that it can be cut", () => {
  const long = aForm({ comment: "vip", leftovers: ["a".repeat(3997)] });
  const fitting = aForm({ comment: "vip", leftovers: ["a".repeat(3996)] });

  noteLongComment(long);
  noteLongComment(fitting);

  expect(long.getValues()).toMatchObject({ comment: `vip\n${"a".repeat(3997)}`, leftovers: [] });
  expect(fitting.getValues("comment")).toBe("vip");
});
