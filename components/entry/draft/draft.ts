import { dropOldDrafts } from "@/components/drafts/drop-old-drafts";
import {
  isEmpty,
  type Person,
  type Prefill,
  personFields,
  type TypedLead,
} from "@/components/entry/typed-lead";
import { leadFields } from "@/lib/domain/lead/fields";
import type { CustomValues } from "@/lib/domain/lead/schema";

const names = ["id", "phone_raw", ...leadFields] as const;
export type Draft = { lead: Partial<TypedLead>; at: number };

/** What was typed under this key and is not saved, with the lead's id: sent again, it is still the same lead. */
export function readDraft(key: string): Draft | undefined {
  try {
    return toDraft(JSON.parse(localStorage.getItem(key) ?? "null"));
  } catch {
    return undefined;
  }
}

/** A form with nothing of the person's own leaves no draft. */
export function saveDraft(key: string, lead: TypedLead, prefill: Prefill): void {
  try {
    if (isEmpty(lead, prefill)) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ ...lead, at: Date.now() }));
  } catch {
    // A browser without storage; the form works all the same.
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

/** Keys that hold a draft, the newest first; drafts that are older than a week are removed. */
export function listDrafts(prefix: string): { key: string; at: number }[] {
  dropOldDrafts(prefix);
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ key, at: readDraft(key)?.at ?? 0 }))
    .sort((a, b) => b.at - a.at);
}

export function toDraft(stored: unknown): Draft | undefined {
  if (typeof stored !== "object" || stored === null) return undefined;
  const values = new Map(Object.entries(stored));
  const at = values.get("at");
  const texts = names.flatMap((name) => {
    const value: unknown = values.get(name);
    return typeof value === "string" ? [[name, value]] : [];
  });
  const custom = toCustom(values.get("custom"));
  // Drafts of earlier versions have them as `rest`.
  const leftovers = [values.get("leftovers") ?? values.get("rest") ?? []].flat();
  const people = toPeople(values.get("people"));
  const lead = {
    ...Object.fromEntries(texts),
    custom,
    leftovers: leftovers.filter(isText),
    ...(people.length > 0 && { people }),
    chosen: toChosen(values.get("chosen")),
  };
  return { lead, at: typeof at === "number" ? at : 0 };
}

function toChosen(stored: unknown): TypedLead["chosen"] {
  const { phone, contact } = Object(stored);
  return isText(phone) && typeof contact === "number" ? { phone, contact } : undefined;
}

function toPeople(stored: unknown): Person[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((person) => {
    const fields = new Map(Object.entries(person ?? {}));
    const texts = ["id", ...personFields].map((field) => [field, fields.get(field)]);
    return texts.every(([, value]) => isText(value)) ? [Object.fromEntries(texts)] : [];
  });
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function toCustom(stored: unknown): CustomValues {
  const isValue = (value: unknown) => (Array.isArray(value) ? value.every(isText) : isText(value));
  return Object.fromEntries(Object.entries(stored ?? {}).filter(([, value]) => isValue(value)));
}
