import { withExtension } from "@/lib/domain/lead/phone-extension";
import { toTelegramLink } from "@/lib/domain/lead/telegram";
import { toFieldLabel } from "@/lib/domain/mapping/field-labels";
import { goesElsewhere, hasFallback } from "@/lib/domain/mapping/form-rules";
import { isTooLong, toFit, toRoom } from "@/lib/domain/mapping/limits";
import { listOwnLists, type OwnList } from "@/lib/domain/mapping/own-lists";
import {
  contactFields,
  type DriftKind,
  type Finding,
  type LeadToSend,
  type MappableField,
  type Mapping,
  mappableFields,
  type Target,
  toOptionKey,
  vitalFields,
} from "@/lib/domain/mapping/schema";
import type { FieldValues } from "./incoming-lead";
import { toKommoValues } from "./to-kommo-values";

export type TypedValues = Omit<LeadToSend, "id" | "createdAt" | "page">;

/**
 * A value that has no field of its own, or that its field cannot take. `isSent` is true when the fallback field takes it,
 * `isCut` when it takes no more than the beginning.
 */
export type FallbackValue = { place: string; name: string; text: string; isSent: boolean; isCut?: true };

export type TargetValues = {
  contacts: FieldValues[];
  leads: FieldValues[];
  fallbackValues: FallbackValue[];
  /** By target, what its own field would have received; undefined where the value does not fit. */
  tried: Map<string, FieldValues["values"] | undefined>;
};

// A shorter one tells nothing.
const SHORTEST_BEGINNING = 20;

type Typed = { place: string; target: Target; value: string | string[]; options: Record<string, number> };

/** A value without a field, or one that no longer fits it, goes with its label to the fallback field. */
export function toTargetValues(lead: TypedValues, mapping: Mapping, drift: Finding[] = []): TargetValues {
  const targets: TargetValues = { contacts: [], leads: [], fallbackValues: [], tried: new Map() };
  for (const typed of listTyped(lead, mapping)) {
    const { place, target, value } = typed;
    const values = toKommoValues(target, value, typed.options, mapping.timeZone);
    const isBroken = drift.some((finding) => isAffected(finding, place, values));
    if (values?.length === 0 || (place === "phone" && isAttached(lead))) continue;
    if (target.entity === "contacts" && isAttached(lead)) {
      const name = target.name ?? place;
      targets.fallbackValues.push({ place, name, text: toText(target, value), isSent: false });
      continue;
    }
    targets.tried.set(place, values);
    if (values && !isBroken) targets[target.entity].push({ field_id: target.fieldId, values });
    else
      targets.fallbackValues.push({
        place,
        name: target.name ?? place,
        text: toText(target, value),
        isSent: false,
      });
  }
  targets.fallbackValues.push(...listHomeless(lead, mapping));
  return withFallbackField(targets, mapping, drift, isAttached(lead));
}

/** Nothing of a contact that Kommo has is changed: it has the phone, and the lead takes what else was typed of it. */
export function isAttached<T extends Pick<LeadToSend, "contactId">>(
  lead: T,
): lead is T & { contactId: number } {
  return typeof lead.contactId === "number";
}

/** A deleted option affects only the values that name it; other findings affect every value. */
function isAffected(finding: Finding, place: string, values: FieldValues["values"] | undefined): boolean {
  if (!finding.breaks || finding.place !== place) return false;
  if (finding.kind !== "option_deleted") return true;
  return values?.some(({ enum_id }) => enum_id === finding.values.optionId) ?? false;
}

function listTyped(lead: TypedValues, mapping: Mapping): Typed[] {
  const lists = listOwnLists(mapping);
  const own = mappableFields.flatMap((field): Typed[] => {
    const target = mapping.fields[field];
    const chosen = lead.custom?.[lists.find((list) => list.field === field)?.key ?? ""];
    const value = chosen?.length ? chosen : toSentValue(field, lead, mapping);
    return target && value ? [{ place: field, target, value, options: mapping.optionsOf[field] ?? {} }] : [];
  });
  const custom = mapping.custom.flatMap(({ key, target }): Typed[] => {
    const value = lead.custom?.[key];
    return value === undefined || value.length === 0 ? [] : [{ place: key, target, value, options: {} }];
  });
  return [...own, ...custom];
}

function toSentValue(field: MappableField, lead: TypedValues, mapping: Mapping): string | null {
  const text = lead[field];
  if (!text) return text;
  if (field === "source") return toSourceValue(text, mapping);
  if (field === "telegram" && mapping.fields.telegram?.type === "url") return toTelegramLink(text);
  return field === "phone" ? withExtension(text, mapping.extensionForm) : text;
}

/** What was typed into fields that the mapping sends nowhere, or beside an option that was chosen. */
function listHomeless(lead: TypedValues, mapping: Mapping): FallbackValue[] {
  const lists = listOwnLists(mapping);
  const own = mappableFields.flatMap((field): FallbackValue[] => {
    const text = lead[field];
    const list = lists.find((one) => one.field === field);
    const hasTarget = list ? !isBesideChoice(text, list, lead) : mapping.fields[field];
    if (!text || hasTarget || goesElsewhere(field, mapping)) return [];
    return [{ place: field, name: toFieldLabel(field, mapping), text, isSent: false }];
  });
  const known = [...listOwnLists(mapping), ...mapping.custom].map(({ key }) => key);
  const custom = Object.entries(lead.custom ?? {}).flatMap(([key, value]): FallbackValue[] => {
    if (known.includes(key) || value.length === 0) return [];
    const target = mapping.retired.find((field) => field.key === key)?.target;
    const text = target ? toText(target, value) : [value].flat().join(", ");
    return [{ place: key, name: target?.name ?? key, text, isSent: false }];
  });
  return [...own, ...custom];
}

function isBesideChoice(text: string | null, { key, target, words }: OwnList, lead: TypedValues): boolean {
  const chosen = [lead.custom?.[key] ?? ""].flat().filter(Boolean);
  if (!text || chosen.length === 0) return false;
  const [named] = toKommoValues(target, text, words, "UTC") ?? [];
  return !chosen.includes(String(named?.enum_id));
}

/** The admin's value for a known source name or alias; any other source as typed. */
function toSourceValue(typed: string, { sources }: Mapping): string {
  const key = toOptionKey(typed);
  const known = sources.find(({ name, aliases }) => [name, ...aliases].map(toOptionKey).includes(key));
  return known?.value ?? typed;
}

function withFallbackField(
  targets: TargetValues,
  mapping: Mapping,
  drift: Finding[],
  isOfKnown: boolean,
): TargetValues {
  const { parkIn } = mapping;
  if (isOfKnown && parkIn?.entity === "contacts") return targets;
  if (!parkIn || targets.fallbackValues.length === 0 || !hasFallback(mapping, drift)) return targets;
  const { value, fallbackValues } = fillFallback(targets.fallbackValues, parkIn.type);
  const values = [...targets[parkIn.entity], { field_id: parkIn.fieldId, values: [{ value }] }];
  return { ...targets, [parkIn.entity]: values, fallbackValues };
}

/** Each value whole while there is room; of the first that does not fit, its beginning. */
function fillFallback(fallbackValues: FallbackValue[], type: string | undefined) {
  let value = "";
  const join = ({ name, text }: FallbackValue) =>
    [value, `${name}: ${text}`].filter(Boolean).join(type === "textarea" ? "\n" : "; ");
  const whole = fallbackValues.map((one): FallbackValue => {
    const longer = join(one);
    if (isTooLong(type, longer)) return one;
    value = longer;
    return { ...one, isSent: true };
  });
  const next = whole.find(({ isSent }) => !isSent);
  if (!next || toRoom(type, value) < next.name.length + SHORTEST_BEGINNING)
    return { value, fallbackValues: whole };
  value = toFit(type, join(next));
  return {
    value,
    fallbackValues: whole.map((one): FallbackValue => {
      return one === next ? { ...one, isSent: true, isCut: true } : one;
    }),
  };
}

function toText({ options = [], former = [] }: Target, value: string | string[]): string {
  const known = [...options, ...former];
  const words = [value].flat().map((one) => known.find(({ id }) => String(id) === one)?.value ?? one);
  return words.join(", ");
}

/** Why a lead waits: a place of the mapping, and what is wrong with it. */
export type Blocker = { place: string; kind: DriftKind | "unmapped" };

/**
 * The pipeline, the phone or a required field is broken in Kommo, and the lead has a value for it; or nothing by which its
 * person can be reached would get to a field of its own.
 */
export function findBlockers(lead: TypedValues, mapping: Mapping, drift: Finding[]): Blocker[] {
  const targets = toTargetValues(lead, mapping, drift);
  return [...findBroken(targets, mapping, drift), ...findUnreachable(lead, targets, drift)].filter(
    (blocker, index, all) => all.findIndex((other) => isSameBlocker(blocker, other)) === index,
  );
}

function findBroken({ tried }: TargetValues, mapping: Mapping, drift: Finding[]): Blocker[] {
  const required = mapping.custom.filter((field) => field.required).map(({ key }) => key);
  const needed: string[] = [...vitalFields, ...required];
  return drift.filter((finding) => {
    if (!finding.breaks || finding.place === "pipeline") return finding.breaks;
    const values = tried.get(finding.place);
    return (
      needed.includes(finding.place) && values !== undefined && isAffected(finding, finding.place, values)
    );
  });
}

function findUnreachable(lead: TypedValues, { fallbackValues }: TargetValues, drift: Finding[]): Blocker[] {
  const typed = contactFields.filter((field) => lead[field]);
  const isOff = (field: MappableField) => fallbackValues.some(({ place }) => place === field);
  if (!typed.every(isOff)) return [];
  return typed.map((field) => {
    const broken = drift.find(({ place, breaks }) => place === field && breaks);
    return { place: field, kind: broken?.kind ?? "unmapped" };
  });
}

function isSameBlocker(one: Blocker, other: Blocker): boolean {
  return one.place === other.place && one.kind === other.kind;
}
