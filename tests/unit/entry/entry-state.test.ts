import { expect, test } from "vitest";
import {
  canSubmit,
  canUndoPaste,
  type EntryEvent,
  type EntryState,
  isReadyToSend,
  needsNewId,
  needsReason,
  reduceEntry,
  toEntryState,
  toPrefill,
} from "@/components/entry/entry-state";
import { newLead, type TypedLead } from "@/components/entry/typed-lead";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";
import type { FormField } from "@/lib/domain/mapping/schema";
import { someRules } from "@/tests/support/forms";

const NOW = 1_800_000_000_000;

function aField(key: string, required: boolean): FormField {
  const label = { en: key, ru: key };
  return { key, kind: "text", required, label, help: label, options: [], former: [] };
}

const rules = someRules({ custom: [aField("budget", false), aField("city", true)] });

function aCorrection(more: Partial<LeadToCorrect> = {}): LeadToCorrect {
  const { id, custom, leftovers, ...values } = newLead({ name: "Иван" });
  const whole = { id, values: values as LeadToCorrect["values"], custom: {}, wrong: [], readAt: NOW };
  return { ...whole, state: "held", ...more };
}

function open(more: Partial<Parameters<typeof toEntryState>[0]> = {}): EntryState {
  return toEntryState({ rules, correcting: undefined, isMoreOpen: false, after: undefined, ...more });
}

function walk(state: EntryState, ...events: EntryEvent[]): EntryState {
  return events.reduce(reduceEntry, state);
}

function typed(name: string, values: Partial<TypedLead>, at = NOW): EntryEvent {
  return { type: "changed", name, isByHand: true, values: newLead(values), at };
}

function set(name: string | undefined, values: Partial<TypedLead>, at = NOW): EntryEvent {
  return { type: "changed", name, isByHand: false, values: newLead(values), at };
}

function pasted(filled: Extract<EntryEvent, { type: "pasted" }>["filled"]): EntryEvent {
  return { type: "pasted", filled, isNameUnsure: false, isTooLong: false, before: newLead() };
}

const saved: EntryEvent = { type: "saved", hasNextLead: false };
const note = { kind: "layout", suggestion: "иван" } as const;

test("a new form is typed into, and one that follows a saved correction says saved", () => {
  expect(open().phase).toEqual({ name: "typing" });
  expect(open({ after: "saved" }).phase).toEqual({ name: "saved" });
});

test("an event that changes nothing answers the same state", () => {
  const state = walk(open(), typed("phone", { phone: "8" }));

  expect(walk(state, typed("phone", { phone: "89" }))).toBe(state);
  expect(walk(state, set("phone_raw", { phone: "89" }))).toBe(state);
});

test("a saved lead leaves the focus in Phone, unless the next lead is already typed", () => {
  const saving = walk(open(), typed("name", { name: "И" }), { type: "submitted" });

  expect(walk(saving, saved).focus).toEqual({ name: "phone" });
  expect(walk(saving, { type: "saved", hasNextLead: true }).focus).toBeUndefined();
});

test("the focus is asked for again, though it was asked for the same input before", () => {
  const once = walk(open(), saved);

  expect(walk(once, saved).focus).not.toBe(once.focus);
});

test("a press is refused while the first is on its way, and on the empty form after a saving", () => {
  const saving = walk(open(), { type: "submitted" });
  const done = walk(saving, saved);

  expect(canSubmit(open(), newLead())).toBe(true);
  expect(canSubmit(saving, newLead({ name: "И" }))).toBe(false);
  expect(canSubmit(done, newLead())).toBe(false);
  expect(canSubmit(done, newLead({ name: "И" }))).toBe(true);
  expect(canSubmit(done, newLead({ leftovers: ["zzqx"] }))).toBe(true);
});

test("the empty form after a saving may hold the prefill", () => {
  const prefilled: EntryEvent = { type: "prefilled", source: { source: "Expo", at: NOW }, link: {} };
  const done = walk(open(), prefilled, saved);

  expect(canSubmit(done, newLead({ source: "Expo" }))).toBe(false);
  expect(canSubmit(done, newLead({ source: "Instagram" }))).toBe(true);
});

test("the link goes before the source of the last lead", () => {
  const source = { source: "Expo", at: NOW };

  expect(toPrefill(walk(open(), { type: "prefilled", source, link: {} }))).toEqual({ source: "Expo" });
  expect(toPrefill(walk(open(), { type: "prefilled", source, link: { source: "fair" } }))).toEqual({
    source: "fair",
  });
});

test.each(["offline", "no_answer", "signed_out", "already_left", "failed"] as const)(
  "a lead that is not saved because of %s can be sent again",
  (problem) => {
    const state = walk(open(), { type: "submitted" }, { type: "not_saved", problem });

    expect(state.phase).toEqual({ name: "problem", problem });
    expect(canSubmit(state, newLead())).toBe(true);
    expect(walk(state, typed("name", { name: "И" })).phase).toEqual({ name: "problem", problem });
    expect(walk(state, { type: "submitted" }).phase).toEqual({ name: "saving" });
  },
);

test("what is wrong gets the focus, and opens More where it stands", () => {
  const rejected = walk(
    open(),
    { type: "submitted" },
    { type: "rejected", wrong: ["email"], first: "email" },
  );

  expect(rejected).toMatchObject({ phase: { name: "typing" }, isMoreOpen: true, focus: { name: "email" } });
});

test.each([
  ["phone", false],
  ["custom.city", false],
  ["custom.removed", false],
  ["income", true],
  ["custom.budget", true],
] as const)("%s, when wrong, opens More: %s", (name, isMoreOpen) => {
  expect(walk(open(), { type: "rejected", wrong: [name], first: name }).isMoreOpen).toBe(isMoreOpen);
});

test("a rejection of what is not on the page is a failure that is said", () => {
  const state = walk(open(), { type: "submitted" }, { type: "rejected", wrong: [], first: undefined });

  expect(state.phase).toEqual({ name: "problem", problem: "failed" });
});

test.each([
  ["typed", typed("name", { name: "Анна" })],
  ["pasted or of a draft", set("name", { name: "Анна" })],
])("saved does not stand beside words that are %s", (_, event) => {
  expect(walk(open(), saved, event).phase).toEqual({ name: "typing" });
});

test("saved stays while the form is filled with no more than the prefill", () => {
  const prefilled: EntryEvent = { type: "prefilled", source: { source: "Expo", at: NOW }, link: {} };

  expect(walk(open(), saved, prefilled, set("source", { source: "Expo" })).phase).toEqual({ name: "saved" });
});

test("a cleared form holds what can be brought back, until other words are there", () => {
  const lead = newLead({ name: "Анна" });
  const cleared = walk(open(), set(undefined, {}), { type: "cleared", lead });

  expect(cleared).toMatchObject({ phase: { name: "cleared", lead }, focus: { name: "phone" } });
  expect(walk(cleared, { type: "brought_back" }).phase).toEqual({ name: "typing" });
  expect(walk(cleared, pasted(["name"]), set("name", { name: "Инна" })).phase).toEqual({ name: "typing" });
});

test("the time of entry runs from the first word, and begins again with a wiped form and the next lead", () => {
  const begun = walk(open(), typed("name", { name: "А" }, NOW), typed("name", { name: "Ан" }, NOW + 500));

  expect(begun.startedAt).toBe(NOW);
  expect(walk(begun, typed("name", {}, NOW + 600)).startedAt).toBe(0);
  expect(walk(begun, { type: "reset" }, set(undefined, { name: "Б" }, NOW + 900)).startedAt).toBe(NOW + 900);
});

test("words of the next lead that are typed while the first is on its way do not end the saving", () => {
  const state = walk(open(), { type: "submitted" }, typed("telegram", { telegram: "@an" }));

  expect(state.phase).toEqual({ name: "saving" });
});

test("the parts that come with the first input come by a key, a draft or leftovers, not by the prefill", () => {
  const prefilled: EntryEvent = { type: "prefilled", source: { source: "Expo", at: NOW }, link: {} };

  expect(walk(open(), prefilled, set("source", { source: "Expo" })).hasInput).toBe(false);
  expect(walk(open(), typed("phone", { phone: "" })).hasInput).toBe(true);
  expect(walk(open(), set("phone", { phone: "8" })).hasInput).toBe(true);
  expect(walk(open(), set("leftovers", { leftovers: ["zzqx"] })).hasInput).toBe(true);
});

test("a note goes with the words that it is about", () => {
  const noted = walk(open(), { type: "noted", field: "name", note });

  expect(noted.notes.name).toBe(note);
  expect(walk(noted, typed("surname", { surname: "П" })).notes.name).toBe(note);
  expect(walk(noted, typed("name", { name: "И" })).notes.name).toBeUndefined();
  expect(walk(noted, set("name", { name: "иван" })).notes.name).toBeUndefined();
  expect(walk(noted, set(undefined, {})).notes).toEqual({});
});

test("an offer to move a text to another field is gone once that field is filled", () => {
  const isPhone = { kind: "is_phone", suggestion: "+7 900 123-45-67", moveTo: "phone" } as const;
  const noted = walk(open(), { type: "noted", field: "telegram", note: isPhone });

  expect(walk(noted, typed("name", { name: "И" })).notes.telegram).toBe(isPhone);
  expect(walk(noted, typed("phone", { phone: "8" })).notes.telegram).toEqual({ kind: "no_handle" });
  expect(walk(noted, set("phone", { phone: "8" })).notes.telegram).toEqual({ kind: "no_handle" });
});

test("a paste marks what it filled, opens More where it filled something there, and can be undone", () => {
  const state = walk(open(), pasted(["name", "email"]));

  expect(state.paste).toMatchObject({ filled: ["name", "email"], changed: [] });
  expect(state.isMoreOpen).toBe(true);
  expect(walk(open(), pasted(["custom.budget"])).isMoreOpen).toBe(true);
  expect(canUndoPaste(state)).toBe(true);
  expect(walk(state, { type: "paste_undone" }).paste).toBeUndefined();
});

test("a field that is changed by hand is no longer the paste's, and the shortcut that undoes it is off", () => {
  const state = walk(open(), pasted(["name", "surname"]), typed("name", { name: "Пётр" }));

  expect(state.paste).toMatchObject({ filled: ["surname"], changed: ["name"] });
  expect(canUndoPaste(state)).toBe(false);
});

test("a swap of name and surname leaves the paste as it is", () => {
  const state = walk(open(), pasted(["name", "surname"]));

  expect(walk(state, set("name", { name: "Петров" })).paste).toBe(state.paste);
});

test("leftovers follow the values, through a paste, a draft and the next lead", () => {
  const state = walk(open(), set("leftovers", { leftovers: ["zzqx"] }), pasted([]));

  expect(state.leftovers).toEqual(["zzqx"]);
  expect(walk(state, set(undefined, {}))).toMatchObject({ leftovers: [], paste: undefined });
  expect(walk(open(), set("leftovers", { leftovers: ["zzqx"] }))).toMatchObject({
    leftovers: ["zzqx"],
    paste: undefined,
  });
});

test("a leftover that goes into a field of More shows it", () => {
  expect(walk(open(), { type: "leftover_used", name: "profession" }).isMoreOpen).toBe(true);
  expect(walk(open(), { type: "leftover_used", name: "name" }).isMoreOpen).toBe(false);
});

test("sending waits for the draft, which may bring another id", () => {
  expect(isReadyToSend(open())).toBe(false);
  expect(isReadyToSend(walk(open(), { type: "draft_ready", restored: [] }))).toBe(true);
});

test("a draft with something under More opens it", () => {
  expect(walk(open(), { type: "draft_ready", restored: ["phone"] }).isMoreOpen).toBe(false);
  expect(walk(open(), { type: "draft_ready", restored: ["profession"] }).isMoreOpen).toBe(true);
  expect(walk(open(), { type: "draft_ready", restored: ["custom.budget"] }).isMoreOpen).toBe(true);
});

test("the correction of a held lead waits for its pause; one of a lead that is not held does not", () => {
  const ready: EntryEvent = { type: "draft_ready", restored: [] };
  const held = walk(open({ correcting: aCorrection() }), ready);
  const answered: EntryEvent = { type: "pause_answered", hasLeft: false };

  expect(isReadyToSend(held)).toBe(false);
  expect(isReadyToSend(walk(held, answered))).toBe(true);
  expect(isReadyToSend(walk(open({ correcting: aCorrection({ state: "needs_fix" }) }), ready))).toBe(true);
});

test("a correction that is too late says so at once", () => {
  const state = walk(open({ correcting: aCorrection() }), { type: "pause_answered", hasLeft: true });

  expect(state.phase).toEqual({ name: "problem", problem: "already_left" });
});

test("a correction opens More for what Kommo refused or what stands there, and focuses what was refused", () => {
  const refused = aCorrection({ state: "needs_fix", wrong: ["income"] });
  const filled = aCorrection();
  const opened = (correcting: LeadToCorrect, first?: "income") =>
    walk(open({ correcting }), { type: "opened", correcting, first });

  expect(opened(refused, "income")).toMatchObject({ isMoreOpen: true, focus: { name: "income" } });
  expect(opened(filled)).toMatchObject({ isMoreOpen: false, focus: undefined });
  expect(opened({ ...filled, values: { ...filled.values, email: "a@b.example" } }).isMoreOpen).toBe(true);
});

test("a form that is wiped by hand goes on to another lead, and a correction does not", () => {
  expect(needsNewId(open(), newLead(), true)).toBe(true);
  expect(needsNewId(open(), newLead({ name: "И" }), true)).toBe(false);
  expect(needsNewId(open(), newLead(), false)).toBe(false);
  expect(needsNewId(open({ correcting: aCorrection() }), newLead(), true)).toBe(false);
});

test("the reason for a duplicate is asked until it is given up, or the words may be another person's", () => {
  const asked = walk(open(), { type: "reason_asked" });

  expect(asked.isReasonAsked).toBe(true);
  expect(walk(asked, set("phone", { phone: "+7 900" })).isReasonAsked).toBe(true);
  expect(walk(asked, set("anyway", { anyway: "other" })).isReasonAsked).toBe(true);
  expect(walk(asked, typed("phone", { phone: "8901" })).isReasonAsked).toBe(false);
  expect(walk(asked, pasted(["phone"])).isReasonAsked).toBe(false);
  expect(walk(asked, set(undefined, {})).isReasonAsked).toBe(false);
  expect(walk(asked, { type: "reason_closed" })).toMatchObject({
    isReasonAsked: false,
    focus: { name: "phone" },
  });
});

test("More is as the person leaves it", () => {
  const opened = walk(open(), { type: "more_set", isOpen: true });

  expect(opened.isMoreOpen).toBe(true);
  expect(walk(opened, { type: "more_set", isOpen: false }).isMoreOpen).toBe(false);
});

test("the list of shortcuts that was slow to come does not open over what is typed meanwhile", () => {
  const asked = walk(open(), { type: "help_set", isOpen: true });

  expect(walk(asked, set("name", { name: "И" })).isHelpOpen).toBe(true);
  expect(walk(asked, typed("name", { name: "И" })).isHelpOpen).toBe(false);
});

test("people of a paste take the form's place until they are saved, and the focus is then in Phone", () => {
  const people = [{ id: "7", name: "Иван", surname: "", phone: "", telegram: "", email: "", comment: "" }];
  const found = walk(open(), { type: "people_found", text: "x", isCut: true }, set("people", { people }));

  expect(found).toMatchObject({ people, found: { text: "x", isCut: true } });
  const after = walk(found, set("people", {}), { type: "people_done", done: "saved", count: 1 });
  expect(after).toMatchObject({ people: [], found: undefined, phase: { name: "saved", count: 1 } });
  expect(after.focus).toEqual({ name: "phone" });
});

test("a lead that is kept on this device is not called saved, and frees the form as a saved one does", () => {
  const kept = walk(
    open(),
    typed("name", { name: "И" }),
    { type: "submitted" },
    { type: "kept", hasNextLead: false },
  );

  expect(kept).toMatchObject({ phase: { name: "kept" }, focus: { name: "phone" } });
  expect(canSubmit(kept, newLead())).toBe(false);
  expect(walk(kept, typed("name", { name: "А" })).phase).toEqual({ name: "typing" });
  expect(open({ after: "kept" }).phase).toEqual({ name: "kept" });
});

test("leftovers that go into the comment take the focus there", () => {
  expect(walk(open(), { type: "leftovers_noted" }).focus).toEqual({ name: "comment" });
});

test("a duplicate that was seen asks for its reason once, until its person changes", () => {
  const seen = walk(open(), typed("phone", { phone: "1" }), { type: "duplicate_seen", isSeen: true });
  expect(needsReason(walk(open(), typed("phone", { phone: "1" })))).toBe(false);
  expect(needsReason(seen)).toBe(true);
  expect(needsReason(walk(seen, typed("name", { phone: "1", name: "И" })))).toBe(true);

  const asked = walk(seen, { type: "reason_asked" }, { type: "reason_closed" });
  expect(needsReason(asked)).toBe(false);
  expect(needsReason(walk(asked, typed("income", { phone: "1", income: "2" })))).toBe(false);
  expect(needsReason(walk(asked, typed("name", { phone: "1", name: "И" })))).toBe(false);

  const other = walk(asked, typed("phone", { phone: "12" }));
  expect(needsReason(other)).toBe(false);
  expect(needsReason(walk(other, { type: "duplicate_seen", isSeen: true }))).toBe(true);
  expect(needsReason(walk(asked, set(undefined, {}), { type: "duplicate_seen", isSeen: true }))).toBe(true);
});

test("the focus goes to the first field of the form, whichever that is", () => {
  const named = { ...rules, start: "name" as const };

  expect(walk(open({ rules: named }), { type: "saved", hasNextLead: false }).focus).toEqual({ name: "name" });
});

test("More opens for a field that the admin has put there, and for no other", () => {
  const moved = someRules({ first: ["phone", "name", "email"], more: ["comment", "surname"] });
  const rejected = (name: "surname" | "email") =>
    walk(open({ rules: moved }), { type: "rejected", wrong: [name], first: name }).isMoreOpen;

  expect(rejected("surname")).toBe(true);
  expect(rejected("email")).toBe(false);
  expect(walk(open({ rules: moved }), { type: "leftovers_noted" }).isMoreOpen).toBe(true);
});

test("a text to agree to that is newer than the page joins the rules of the form, and nothing else changes", () => {
  const state = walk(open(), { type: "submitted" });
  const consent = { version: 2, text: "Agrees to be called" };

  expect(walk(state, { type: "consent_asked", consent })).toEqual({ ...state, rules: { ...rules, consent } });
});
