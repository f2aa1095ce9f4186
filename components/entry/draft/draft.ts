import type { TypedLead } from "@/components/entry/fields/lead-input";
import { isEmpty, type Prefill } from "@/components/entry/prefill";
import { leadFields } from "@/lib/domain/lead/fields";
import type { CustomValues } from "@/lib/domain/lead/schema";

// On a shared computer words must not lie about for ever.
const KEEP_MS = 7 * 24 * 60 * 60 * 1000;

const names = ["id", "phone_raw", ...leadFields] as const;
export type Draft = { lead: Partial<TypedLead>; at: number };

/** What was typed at this place and is not saved, with the lead's id: sent again, it is still the same lead. */
export function readDraft(place: string): Draft | undefined {
  try {
    return toDraft(JSON.parse(localStorage.getItem(place) ?? "null"));
  } catch {
    return undefined;
  }
}

/** A form with nothing of the person's own leaves no draft. */
export function saveDraft(place: string, lead: TypedLead, prefill: Prefill): void {
  try {
    if (isEmpty(lead, prefill)) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify({ ...lead, at: Date.now() }));
  } catch {
    // A browser that keeps nothing; the form works without.
  }
}

export function dropDraft(place: string): void {
  try {
    localStorage.removeItem(place);
  } catch {
    // As above.
  }
}

/** Places that hold a draft, the newest first; those of whoever has not been here for a week are emptied. */
export function listDrafts(prefix: string): { place: string; at: number }[] {
  const drafts = Object.keys(localStorage)
    .filter((place) => place.startsWith(prefix))
    .map((place) => ({ place, at: readDraft(place)?.at ?? 0 }));
  const old = drafts.filter(({ at }) => at < Date.now() - KEEP_MS);
  for (const { place } of old) dropDraft(place);
  return drafts.filter((draft) => !old.includes(draft)).sort((a, b) => b.at - a.at);
}

function toDraft(stored: unknown): Draft | undefined {
  if (typeof stored !== "object" || stored === null) return undefined;
  const values = new Map(Object.entries(stored));
  const at = values.get("at");
  const kept = names.flatMap((name) => {
    const value: unknown = values.get(name);
    return typeof value === "string" ? [[name, value]] : [];
  });
  const custom = toCustom(values.get("custom"));
  const rest = [values.get("rest") ?? []].flat().filter((piece) => typeof piece === "string");
  return { lead: { ...Object.fromEntries(kept), custom, rest }, at: typeof at === "number" ? at : 0 };
}

function toCustom(stored: unknown): CustomValues {
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.every((one) => typeof one === "string") : typeof value === "string";
  return Object.fromEntries(Object.entries(stored ?? {}).filter(([, value]) => texts(value)));
}
