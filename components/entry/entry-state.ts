import type { SendProblem } from "@/components/lead/send-lead";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { PhoneProblem } from "@/lib/domain/lead/phone";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";
import type { SourcePrefill } from "./source-prefill";
import { type InputName, isBlank, isEmpty, type Person, type Prefill, type TypedLead } from "./typed-lead";

/** A lead that goes on as the same lead: a saved one, or one that waits on this device. */
export type LeadInForm = Omit<LeadToCorrect, "state" | "readAt"> & {
  readAt?: number;
  state: LeadToCorrect["state"] | "on_device";
  /** Of one on this device: the saved lead that it corrects, as that was. */
  corrects?: Corrected | null;
  /** Of one on this device that was undone: as this one it goes on. */
  nextId?: string;
};
/** One that an earlier version of the page has kept does not say when it was opened. */
type Corrected = Pick<LeadToCorrect, "values" | "custom" | "byForm"> & {
  opened?: { state: LeadToCorrect["state"]; at: number };
};

/** The saved lead that a press would correct; undefined where it is a new one to the server. */
export function toCorrected(lead: LeadInForm | undefined): Corrected | undefined {
  if (lead?.state === "on_device") return lead.corrects ?? undefined;
  if (!lead) return undefined;
  const { state, values, custom, byForm, readAt } = lead;
  return { values, custom, byForm, opened: readAt === undefined ? undefined : { state, at: readAt } };
}

/** What became of a press: the server has the lead, or this device keeps it until there is a connection. */
export type Done = "saved" | "kept";

export type Phase =
  | { name: "typing" | "saving" }
  /** `count`: of several people at once. */
  | { name: Done; count?: number }
  /** The form was emptied; what stood in it can be brought back. */
  | { name: "cleared"; lead: TypedLead }
  | { name: "problem"; problem: SendProblem };

/** What looks wrong in a field, what may have been meant, and the field that it belongs to if it is another. */
export type Note = {
  kind: PhoneProblem | "mixed" | "layout" | "case" | "no_handle" | "abroad" | "is_phone";
  suggestion?: string;
  moveTo?: LeadField;
};
export type Notes = Partial<Record<LeadField, Note>>;

export type Paste = {
  filled: readonly InputName[];
  isNameUnsure: boolean;
  /** It was not read. */
  isTooLong: boolean;
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
  correcting: LeadInForm | undefined;
  prefill: { source?: SourcePrefill; link: Prefill };
  notes: Notes;
  paste: Paste | undefined;
  /** Of pastes, and of a draft. */
  leftovers: readonly string[];
  /** Of a paste with several people, or of a draft: while there are any, they take the form's place. */
  people: readonly Person[];
  /** The text that the people were found in, and whether some of them did not fit. */
  found: { text: string; isCut: boolean } | undefined;
  /** Sending waits for both: the draft may bring another id, and the answer may say that the lead has left. */
  isDraftReady: boolean;
  isPauseAnswered: boolean;
  /** Why a duplicate is to be sent; the answer sends it. */
  isReasonAsked: boolean;
  /** It is asked once, however the answer is given. */
  wasReasonAsked: boolean;
  /** The hint says that the person is known, and stands where it can be read. */
  isDuplicateSeen: boolean;
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
  | { type: "opened"; correcting: LeadInForm | undefined; first: InputName | undefined }
  | { type: "prefilled"; source: SourcePrefill | undefined; link: Prefill }
  | { type: "draft_ready"; restored: readonly InputName[] }
  | { type: "pause_answered"; hasLeft: boolean }
  /** Without a name all values are new, as by a reset. */
  | { type: "changed"; name: string | undefined; isByHand: boolean; values: TypedLead; at: number }
  | { type: "noted"; field: LeadField; note: Note | undefined }
  | {
      type: "pasted";
      filled: readonly InputName[];
      isNameUnsure: boolean;
      isTooLong: boolean;
      before: TypedLead;
    }
  | { type: "paste_undone" }
  | { type: "people_found"; text: string; isCut: boolean }
  /** The form is there again. */
  | { type: "people_closed" }
  | { type: "leftover_used"; name: InputName }
  /** All leftovers at once. */
  | { type: "leftovers_noted" }
  | { type: "submitted" }
  | { type: "rejected"; wrong: readonly InputName[]; first: InputName | undefined }
  | { type: "not_saved"; problem: SendProblem }
  /** The server asks for more than the page knew when it was opened. */
  | { type: "consent_asked"; consent: FormFields["consent"] }
  /** The form is about to be reset for another lead. */
  | { type: "reset" }
  | { type: Done; hasNextLead: boolean }
  | { type: "people_done"; done: Done; count: number }
  | { type: "cleared"; lead: TypedLead }
  | { type: "brought_back" }
  | { type: "duplicate_seen"; isSeen: boolean }
  | { type: "reason_asked" }
  | { type: "reason_closed" }
  | { type: "more_set"; isOpen: boolean }
  | { type: "help_set"; isOpen: boolean };

export type Dispatch = (event: EntryEvent) => void;

type Start = Pick<EntryState, "rules" | "correcting" | "isMoreOpen"> & { after: Done | undefined };

export function toEntryState({ after, ...start }: Start): EntryState {
  return {
    ...start,
    phase: { name: after ?? "typing" },
    prefill: { link: {} },
    notes: {},
    paste: undefined,
    leftovers: [],
    people: [],
    found: undefined,
    isDraftReady: false,
    isPauseAnswered: start.correcting?.state !== "held",
    isReasonAsked: false,
    wasReasonAsked: false,
    isDuplicateSeen: false,
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
        isMoreOpen: state.isMoreOpen || hasMore(state, toOwnInputs(state, event.correcting)),
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
      const { filled, isNameUnsure, isTooLong, before } = event;
      return {
        paste: { filled, isNameUnsure, isTooLong, before, changed: [] },
        isReasonAsked: false,
        isMoreOpen: state.isMoreOpen || hasMore(state, filled),
      };
    }
    case "paste_undone":
      return { paste: undefined };
    case "people_found":
      return { found: { text: event.text, isCut: event.isCut } };
    case "people_closed":
      return { found: undefined, focus: toStart(state) };
    case "leftover_used":
      return { isMoreOpen: state.isMoreOpen || hasMore(state, [event.name]) };
    case "leftovers_noted":
      return { isMoreOpen: state.isMoreOpen || hasMore(state, ["comment"]), focus: { name: "comment" } };
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
    case "consent_asked":
      return { rules: { ...state.rules, consent: event.consent } };
    case "reset":
      return { startedAt: 0 };
    case "saved":
    case "kept":
      return { phase: { name: event.type }, focus: event.hasNextLead ? state.focus : toStart(state) };
    case "people_done":
      return { phase: { name: event.done, count: event.count }, found: undefined, focus: toStart(state) };
    case "cleared":
      return { phase: { name: "cleared", lead: event.lead }, focus: toStart(state) };
    case "brought_back":
      return { phase: { name: "typing" } };
    case "duplicate_seen":
      return { isDuplicateSeen: event.isSeen };
    case "reason_asked":
      return { isReasonAsked: true, wasReasonAsked: true };
    case "reason_closed":
      return { isReasonAsked: false, focus: toStart(state) };
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
  const isOver = isDone(state.phase) || state.phase.name === "cleared";
  return {
    hasInput: state.hasInput || isByHand || !isEmpty(values, prefill),
    startedAt: hasWords ? state.startedAt || at : 0,
    notes: name === undefined ? {} : toNotesAfter(state.notes, name as LeadField, values),
    paste: toPasteAfter(state.paste, event),
    leftovers: toSameOr(state.leftovers, values.leftovers ?? []),
    people: toSameOr(state.people, values.people ?? []),
    // "Saved" must not be read beside words that are not saved, be they typed, pasted or of a draft.
    phase: isOver && (isByHand || hasWords) ? { name: "typing" } : state.phase,
    // Other words may be another person; a phone that a check puts in groups is the same one.
    isReasonAsked: state.isReasonAsked && !isByHand && name !== undefined,
    isDuplicateSeen: state.isDuplicateSeen && name !== undefined && !(isByHand && isContact(name)),
    wasReasonAsked: state.wasReasonAsked && name !== undefined && !(isByHand && isContact(name)),
    // It may have been slow to come, and must not open over what is typed meanwhile.
    isHelpOpen: state.isHelpOpen && !isByHand,
  };
}

/** By these fields a known person is found; people share their names. */
function isContact(name: string): boolean {
  return name === "phone" || name === "telegram" || name === "email";
}

/** Who sends a known person by the keyboard may not have looked up: once, the form asks why. */
export function needsReason({ isDuplicateSeen, wasReasonAsked }: EntryState): boolean {
  return isDuplicateSeen && !wasReasonAsked;
}

/** The person has the last word on a field. */
function toPasteAfter(paste: Paste | undefined, event: EntryEvent & { type: "changed" }): Paste | undefined {
  if (!paste || event.name === undefined) return undefined;
  if (!event.isByHand) return paste;
  if (paste.isTooLong) return undefined;
  const changed = [...new Set([...paste.changed, event.name])];
  return { ...paste, filled: paste.filled.filter((field) => field !== event.name), changed };
}

/** What is offered to another field stays where it is once that one has words of its own. */
function toNotesAfter(notes: Notes, changed: LeadField, values: TypedLead): Notes {
  const kept = withNote(notes, changed, undefined);
  if (!values[changed]) return kept;
  const all = Object.entries(kept);
  if (all.every(([, note]) => note?.moveTo !== changed)) return kept;
  const toKept = (note: Note | undefined) => (note?.moveTo === changed ? NO_HANDLE : note);
  return Object.fromEntries(all.map(([field, note]) => [field, toKept(note)]));
}

const NO_HANDLE: Note = { kind: "no_handle" };

function withNote(notes: Notes, field: LeadField, note: Note | undefined): Notes {
  return notes[field] === note ? notes : { ...notes, [field]: note };
}

function toSameOr<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

function toStart({ rules }: EntryState): EntryState["focus"] {
  return { name: rules.start };
}

/** True if one of them is under *More*, where it must not stay hidden. */
function hasMore({ rules: { custom, more } }: EntryState, names: readonly InputName[]): boolean {
  const folded = custom.filter(({ own, required }) => (own ? more.includes(own.field) : !required));
  return [...more, ...folded.map(({ key }) => `custom.${key}`)].some((name) =>
    names.includes(name as InputName),
  );
}

function toOwnInputs({ rules }: EntryState, correcting: LeadInForm | undefined): InputName[] {
  if (!correcting) return [];
  const filled = rules.more.filter((field) => correcting.values[field]);
  return [...filled, ...(correcting.wrong as InputName[])];
}

/** What a new lead starts with; a correction starts with its own values only. */
export function toPrefill({ prefill: { source, link } }: Pick<EntryState, "prefill">): Prefill {
  return { ...(source && { source: source.source }), ...link };
}

/** A second press does nothing, be it while the first is on its way or on the empty form after it. */
export function canSubmit(state: EntryState, values: TypedLead): boolean {
  const isEmptyAfter = isDone(state.phase) && isEmpty(values, toPrefill(state));
  return !isEmptyAfter && state.phase.name !== "saving";
}

function isDone({ name }: Phase): boolean {
  return name === "saved" || name === "kept";
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
