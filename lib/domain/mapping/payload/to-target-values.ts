import {
  type Finding,
  type LeadToSend,
  type Mapping,
  mappableFields,
  type Target,
  toOptionKey,
  vitalFields,
} from "@/lib/domain/mapping/schema";
import type { FieldValues } from "./incoming-lead";
import { toKommoValues } from "./to-kommo-values";

export type TypedValues = Omit<LeadToSend, "id" | "createdAt" | "page">;

/** A value that its own field cannot take. `isSent` is true when the fallback field takes it. */
export type FallbackValue = { place: string; name: string; text: string; isSent: boolean };

export type TargetValues = {
  contacts: FieldValues[];
  leads: FieldValues[];
  fallbackValues: FallbackValue[];
  /** By target, what its own field would have received; undefined where the value does not fit. */
  tried: Map<string, FieldValues["values"] | undefined>;
};

type Typed = { place: string; target: Target; value: string | string[]; options: Record<string, number> };

/** A value that no longer fits its field goes, with its label, to the fallback field. */
export function toTargetValues(lead: TypedValues, mapping: Mapping, drift: Finding[] = []): TargetValues {
  const targets: TargetValues = { contacts: [], leads: [], fallbackValues: [], tried: new Map() };
  for (const typed of listTyped(lead, mapping)) {
    const { place, target, value } = typed;
    const values = toKommoValues(target, value, typed.options, mapping.timeZone);
    const isBroken = drift.some((finding) => isAffected(finding, place, values));
    if (values?.length === 0) continue;
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
  return withFallbackField(targets, mapping, drift);
}

/** A deleted option affects only the values that name it; other findings affect every value. */
function isAffected(finding: Finding, place: string, values: FieldValues["values"] | undefined): boolean {
  if (!finding.breaks || finding.place !== place) return false;
  if (finding.kind !== "option_deleted") return true;
  return values?.some(({ enum_id }) => enum_id === finding.values.optionId) ?? false;
}

function listTyped(lead: TypedValues, mapping: Mapping): Typed[] {
  const own = mappableFields.flatMap((field): Typed[] => {
    const target = mapping.fields[field];
    const value = field === "source" ? toSourceValue(lead.source, mapping) : lead[field];
    return target && value ? [{ place: field, target, value, options: mapping.optionsOf[field] ?? {} }] : [];
  });
  const custom = mapping.custom.flatMap(({ key, target }): Typed[] => {
    const value = lead.custom?.[key];
    return value === undefined || value.length === 0 ? [] : [{ place: key, target, value, options: {} }];
  });
  return [...own, ...custom];
}

/** The admin's value for a known source name or alias; any other source as typed. */
function toSourceValue(typed: string | null, { sources }: Mapping): string | null {
  if (!typed) return typed;
  const key = toOptionKey(typed);
  const known = sources.find(({ name, aliases }) => [name, ...aliases].map(toOptionKey).includes(key));
  return known?.value ?? typed;
}

function withFallbackField(targets: TargetValues, { parkIn }: Mapping, drift: Finding[]): TargetValues {
  if (!parkIn || targets.fallbackValues.length === 0) return targets;
  if (drift.some(({ place, breaks }) => place === "parkIn" && breaks)) return targets;
  const lines = targets.fallbackValues.map(({ name, text }) => `${name}: ${text}`);
  const value = lines.join(parkIn.type === "textarea" ? "\n" : "; ");
  const values = [...targets[parkIn.entity], { field_id: parkIn.fieldId, values: [{ value }] }];
  return {
    ...targets,
    [parkIn.entity]: values,
    fallbackValues: targets.fallbackValues.map((value) => ({ ...value, isSent: true })),
  };
}

function toText({ options = [], former = [] }: Target, value: string | string[]): string {
  const known = [...options, ...former];
  const words = [value].flat().map((one) => known.find(({ id }) => String(id) === one)?.value ?? one);
  return words.join(", ");
}

/** The pipeline, the phone or a required field is broken in Kommo, and the lead has a value for it. */
export function findBlockers(lead: TypedValues, mapping: Mapping, drift: Finding[]): Finding[] {
  const broken = drift.filter(({ breaks }) => breaks);
  if (broken.length === 0) return [];
  const required = mapping.custom.filter((field) => field.required).map(({ key }) => key);
  const needed: string[] = [...vitalFields, ...required];
  const { tried } = toTargetValues(lead, mapping, drift);
  return broken.filter((finding) => {
    if (finding.place === "pipeline") return true;
    const values = tried.get(finding.place);
    return (
      needed.includes(finding.place) && values !== undefined && isAffected(finding, finding.place, values)
    );
  });
}
