import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { CustomValues } from "@/lib/domain/lead/schema";
import { type Source, toOptionKey } from "@/lib/domain/mapping/schema";
import { type AccountTime, isWithinHours } from "./hours";
import { type Hours, type Rule, type UtmCondition, utmConditions } from "./schema";

/** What the rules look at of a lead. */
export type LeadToRoute = Record<LeadField, string | null> & {
  id: string;
  authorId: string;
  custom?: CustomValues;
  /** One of `waysIn`; null is the form. */
  through: string | null;
  language: string | null;
};

/** The conditions of a rule, made ready to be compared with many leads. Each one that it has none of fits every lead. */
export type ReadyConditions = {
  sources?: ReadonlySet<string>;
  utm: { utm: UtmCondition; words: ReadonlySet<string> }[];
  authors?: ReadonlySet<string>;
  through?: ReadonlySet<string>;
  languages?: ReadonlySet<string>;
  countries?: ReadonlySet<string>;
  options: { key: string; ids: ReadonlySet<string> }[];
  hours: Hours | null;
};

export function toReadyConditions({ when }: Rule, sourceKeys: SourceKeys): ReadyConditions {
  const toSet = (choices: string[], toKey: (choice: string) => string = String) =>
    choices.length === 0 ? undefined : new Set(choices.map(toKey));
  return {
    sources: toSet(when.sources, (name) => toSourceKey(name, sourceKeys)),
    utm: utmConditions.flatMap((utm) => {
      const words = toSet(when.utm[utm] ?? [], toOptionKey);
      return words ? [{ utm, words }] : [];
    }),
    authors: toSet(when.authors),
    through: toSet(when.through),
    languages: toSet(when.languages),
    countries: toSet(when.countries),
    options: when.options.map(({ key, ids }) => ({ key, ids: new Set(ids.map(String)) })),
    hours: when.hours,
  };
}

/** The key of a source by the key of each of its names. */
export type SourceKeys = ReadonlyMap<string, string>;

/** Where two sources have the same name, the first one has it. */
export function toSourceKeys(sources: Source[]): SourceKeys {
  const keys = new Map<string, string>();
  for (const { name, aliases } of sources) {
    const key = toOptionKey(name);
    for (const other of [name, ...aliases].map(toOptionKey)) if (!keys.has(other)) keys.set(other, key);
  }
  return keys;
}

function toSourceKey(name: string, keys: SourceKeys): string {
  const key = toOptionKey(name);
  return keys.get(key) ?? key;
}

/** A lead as the conditions see it. Each key is made when the first rule asks for it. */
export type ReadyLead = {
  lead: LeadToRoute;
  sourceKey(): string;
  country(): string;
};

export function toReadyLead(lead: LeadToRoute, sourceKeys: SourceKeys): ReadyLead {
  return {
    lead,
    sourceKey: once(() => (lead.source ? toSourceKey(lead.source, sourceKeys) : "")),
    country: once(() => (lead.phone && parsePhoneNumberFromString(lead.phone)?.country) || ""),
  };
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Whether every condition fits the lead at that moment. */
export function fitsRule(when: ReadyConditions, { lead, ...ready }: ReadyLead, local: AccountTime): boolean {
  return (
    (!when.authors || when.authors.has(lead.authorId)) &&
    (!when.through || when.through.has(lead.through ?? "form") || when.through.has(lead.authorId)) &&
    (!when.languages || when.languages.has(lead.language ?? "")) &&
    (when.hours === null || isWithinHours(when.hours, local)) &&
    (!when.sources || when.sources.has(ready.sourceKey())) &&
    when.utm.every(({ utm, words }) => words.has(toOptionKey(lead[utm] ?? ""))) &&
    when.options.every(({ key, ids }) => [lead.custom?.[key] ?? []].flat().some((id) => ids.has(id))) &&
    (!when.countries || when.countries.has(ready.country()))
  );
}
