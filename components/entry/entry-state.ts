import { type LeadField, moreFields } from "@/lib/domain/lead/fields";
import type { PhoneProblem } from "@/lib/domain/lead/phone";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";
import type { SourcePrefill } from "./source-prefill";
import { type InputName, isBlank, isEmpty, type Prefill, type TypedLead } from "./typed-lead";

export type SendProblem = "signed_out" | "already_left" | "offline" | "no_answer" | "failed";

export type Phase =
  | { name: "typing" | "saving" | "saved" }
  /** The form was emptied; what stood in it can be brought back. */
  | { name: "cleared"; lead: TypedLead }
  | { name: "problem"; problem: SendProblem };

/** What looks wrong in a field, and what may have been meant. */
export type Note = { kind: PhoneProblem | "mixed" | "layout" | "no_handle"; suggestion?: string };
export type Notes = Partial<Record<LeadField, Note>>;

export type Paste = {
  filled: readonly LeadField[];
  isNameUnsure: boolean;
  /** What the form held before it. */
  before: TypedLead;
  /** What the person changed since, and an undo leaves alone. */
  changed: readonly string[];
};

/** The state of the form without its values: react-hook-form holds them, and `changed` reports them. */
export type EntryState = {
  phase: Phase;
  rules: FormFields;
  /** The saved lead that goes on as the same lead; undefined for a new one. */
  correcting: LeadToCorrect | undefined;
  prefill: { source?: SourcePrefill; link: Prefill };
  notes: Notes;
  paste: Paste | undefined;
  /** Of pastes, and of a draft. */
  leftovers: readonly string[];
  /** Sending waits for both: the draft may bring another id, and the answer may say that the lead has left. */
  isDraftReady: boolean;
  isPauseAnswered: boolean;
  /** Why a duplicate is to be sent; the answer sends it. */
  isReasonAsked: boolean;
  /** From the first input on, parts of the form that come later may come. */
  hasInput: boolean;
  /** When the form first held something of the person's own (epoch ms); 0 while it does not. */
  startedAt: number;
  isMoreOpen: boolean;
  isHelpOpen: boolean;
  /** A new object for each time that an input is to have the focus. */
  focus: { name: InputName } | undefined;
};

export type EntryEvent =
  | { type: "opened"; correcting: LeadToCorrect | undefined; first: InputName | undefined }
  | { type: "prefilled"; source: SourcePrefill | undefined; link: Prefill }
  | { type: "draft_ready"; restored: readonly InputName[] }
  | { type: "pause_answered"; hasLeft: boolean }
  /** Without a name all values are new, as by a reset. */
  | { type: "changed"; name: string | undefined; isByHand: boolean; values: TypedLead; at: number }
  | { type: "noted"; field: LeadField; note: Note | undefined }
  | { type: "pasted"; filled: readonly LeadField[]; isNameUnsure: boolean; before: TypedLead }
  | { type: "paste_undone" }
  | { type: "leftover_used"; name: InputName }
  | { type: "submitted" }
  | { type: "rejected"; wrong: readonly InputName[]; first: InputName | undefined }
  | { type: "not_saved"; problem: SendProblem }
  /** The form is about to be reset for another lead. */
  | { type: "reset" }
  | { type: "saved"; hasNextLead: boolean }
  | { type: "cleared"; lead: TypedLead }
  | { type: "brought_back" }
  | { type: "reason_asked" }
  | { type: "reason_closed" }
  | { type: "more_set"; isOpen: boolean }
  | { type: "help_set"; isOpen: boolean };

export type Dispatch = (event: EntryEvent) => void;

type Start = Pick<EntryState, "rules" | "correcting" | "isMoreOpen"> & { isAfterSaving: boolean };

export function toEntryState({ isAfterSaving, ...start }: Start): EntryState {
  return {
    ...start,
    phase: { name: isAfterSaving ? "saved" : "typing" },
    prefill: { link: {} },
    notes: {},
    paste: undefined,
    leftovers: [],
    isDraftReady: false,
    isPauseAnswered: start.correcting?.state !== "held",
    isReasonAsked: false,
    hasInput: false,
    startedAt: 0,
    isHelpOpen: false,
    focus: undefined,
  };
}

/** Answers the same object where nothing changes, so that React renders nothing for most keys. */
export function reduceEntry(state: EntryState, event: EntryEvent): EntryState {
  const change = toChange(state, event);
  const entries = Object.entries(change) as [keyof EntryState, unknown][];
  return entries.every(([name, value]) => state[name] === value) ? state : { ...state, ...change };
}

function toChange(state: EntryState, event: EntryEvent): Partial<EntryState> {
  switch (event.type) {
    case "opened":
      return {
        correcting: event.correcting,
        isPauseAnswered: event.correcting?.state !== "held",
        isMoreOpen: state.isMoreOpen || hasMore(state, toOwnInputs(event.correcting)),
        focus: event.first ? { name: event.first } : state.focus,
      };
    case "prefilled":
      return { prefill: { source: event.source, link: event.link } };
    case "draft_ready":
      return { isDraftReady: true, isMoreOpen: state.isMoreOpen || hasMore(state, event.restored) };
    case "pause_answered":
      return {
        isPauseAnswered: true,
        phase: event.hasLeft ? { name: "problem", problem: "already_left" } : state.phase,
      };
    case "changed":
      return toChangeOfValues(state, event);
    case "noted":
      return { notes: withNote(state.notes, event.field, event.note) };
    case "pasted": {
      const { filled, isNameUnsure, before } = event;
      return {
        paste: { filled, isNameUnsure, before, changed: [] },
        isReasonAsked: false,
        isMoreOpen: state.isMoreOpen || hasMore(state, filled),
      };
    }
    case "paste_undone":
      return { paste: undefined };
    case "leftover_used":
      return { isMoreOpen: state.isMoreOpen || hasMore(state, [event.name]) };
    case "submitted":
      return { phase: { name: "saving" } };
    case "rejected":
      return {
        phase: event.first ? { name: "typing" } : { name: "problem", problem: "failed" },
        isMoreOpen: state.isMoreOpen || hasMore(state, event.wrong),
        focus: event.first ? { name: event.first } : state.focus,
      };
    case "not_saved":
      return { phase: { name: "problem", problem: event.problem } };
    case "reset":
      return { startedAt: 0 };
    case "saved":
      return { phase: { name: "saved" }, focus: event.hasNextLead ? state.focus : { name: "phone" } };
    case "cleared":
      return { phase: { name: "cleared", lead: event.lead }, focus: { name: "phone" } };
    case "brought_back":
      return { phase: { name: "typing" } };
    case "reason_asked":
      return { isReasonAsked: true };
    case "reason_closed":
      return { isReasonAsked: false, focus: { name: "phone" } };
    case "more_set":
      return { isMoreOpen: event.isOpen };
    case "help_set":
      return { isHelpOpen: event.isOpen };
  }
}

function toChangeOfValues(state: EntryState, event: EntryEvent & { type: "changed" }): Partial<EntryState> {
  const { name, isByHand, values, at } = event;
  const prefill = toPrefill(state);
  const hasWords = !isBlank(values, prefill);
  const isOver = state.phase.name === "saved" || state.phase.name === "cleared";
  return {
    hasInput: state.hasInput || isByHand || !isEmpty(values, prefill),
    startedAt: hasWords ? state.startedAt || at : 0,
    notes: name === undefined ? {} : withNote(state.notes, name as LeadField, undefined),
    paste: toPasteAfter(state.paste, event),
    leftovers: toSameOr(state.leftovers, values.leftovers ?? []),
    // "Saved" must not be read beside words that are not saved, be they typed, pasted or of a draft.
    phase: isOver && (isByHand || hasWords) ? { name: "typing" } : state.phase,
    // Other words may be another person; a phone that a check puts in groups is the same one.
    isReasonAsked: state.isReasonAsked && !isByHand && name !== undefined,
    // It may have been slow to come, and must not open over what is typed meanwhile.
    isHelpOpen: state.isHelpOpen && !isByHand,
  };
}

/** The person has the last word on a field. */
function toPasteAfter(paste: Paste | undefined, event: EntryEvent & { type: "changed" }): Paste | undefined {
  if (!paste || event.name === undefined) return undefined;
  if (!event.isByHand) return paste;
  const changed = [...new Set([...paste.changed, event.name])];
  return { ...paste, filled: paste.filled.filter((field) => field !== event.name), changed };
}

function withNote(notes: Notes, field: LeadField, note: Note | undefined): Notes {
  return notes[field] === note ? notes : { ...notes, [field]: note };
}

function toSameOr(before: readonly string[], after: readonly string[]): readonly string[] {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

/** True if one of them is under *More*, where it must not stay hidden. */
function hasMore({ rules }: EntryState, names: readonly InputName[]): boolean {
  const optional = rules.custom.filter(({ required }) => !required).map(({ key }) => `custom.${key}`);
  return names.some((name) => optional.includes(name) || moreFields.some((field) => field === name));
}

function toOwnInputs(correcting: LeadToCorrect | undefined): InputName[] {
  if (!correcting) return [];
  const filled = moreFields.filter((field) => correcting.values[field]);
  return [...filled, ...(correcting.wrong as InputName[])];
}

/** What a new lead starts with; a correction starts with its own values only. */
export function toPrefill({ prefill: { source, link } }: Pick<EntryState, "prefill">): Prefill {
  return { ...(source && { source: source.source }), ...link };
}

/** A second press does nothing, be it while the first is on its way or on the empty form after it. */
export function canSubmit(state: EntryState, values: TypedLead): boolean {
  const isDone = state.phase.name === "saved" && isEmpty(values, toPrefill(state));
  return !isDone && state.phase.name !== "saving";
}

/** False until the draft is read and, for the correction of a held lead, the pause of its hold is answered. */
export function isReadyToSend({ isDraftReady, isPauseAnswered }: EntryState): boolean {
  return isDraftReady && isPauseAnswered;
}

/** Whoever wipes the form goes on to another lead; under the old id it would overwrite one that was saved unseen. */
export function needsNewId(state: EntryState, values: TypedLead, isByHand: boolean): boolean {
  return isByHand && !state.correcting && isBlank(values, toPrefill(state));
}

export function canUndoPaste({ paste }: EntryState): boolean {
  return paste?.changed.length === 0;
}
