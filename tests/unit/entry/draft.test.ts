import { expect, test } from "vitest";
import { toDraft } from "@/components/entry/draft/draft";

test("a draft of an earlier version brings its leftovers, which it has under another name", () => {
  const stored = { id: "1", name: "Анна", custom: { city: "Тула" }, rest: ["zzqx"], at: 5 };

  expect(toDraft(stored)).toEqual({
    lead: { id: "1", name: "Анна", custom: { city: "Тула" }, leftovers: ["zzqx"] },
    at: 5,
  });
});

test("what is no draft is none, and values of the wrong kind are left out", () => {
  expect(toDraft(null)).toBeUndefined();
  expect(toDraft({ name: 7, custom: { city: 7 }, leftovers: ["a", 7] })).toEqual({
    lead: { custom: {}, leftovers: ["a"] },
    at: 0,
  });
});

test("people of a paste that wait to be saved are kept with their ids, whole ones only", () => {
  const person = { id: "7", name: "Иван", surname: "", phone: "+7", telegram: "", email: "", comment: "" };

  expect(toDraft({ people: [person, { id: "8", name: "Анна" }, null] })?.lead.people).toEqual([person]);
});

test("the contact of Kommo that was chosen for the phone is kept, and nothing else in its place", () => {
  const chosen = { phone: "+7 900 123-45-67", contact: 77 };

  expect(toDraft({ chosen: { ...chosen, x: 1 } })?.lead.chosen).toEqual(chosen);
  for (const wrong of [null, 7, "77", [], { phone: 7, contact: 77 }, { phone: "+7" }])
    expect(toDraft({ chosen: wrong })?.lead.chosen).toBeUndefined();
});
