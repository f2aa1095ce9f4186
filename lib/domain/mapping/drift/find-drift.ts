import type { Catalogue, Field, Skipped } from "@/lib/domain/mapping/catalogue";
import { choosePipeline } from "@/lib/domain/mapping/choose-pipeline";
import { isFit, toPlainWords } from "@/lib/domain/mapping/field-names";
import { isLeftToKommo } from "@/lib/domain/mapping/leave-to-kommo";
import {
  CONSENT_TYPES,
  type Finding,
  type Mapping,
  mappableFields,
  type Target,
} from "@/lib/domain/mapping/schema";
import { suggestTargets } from "@/lib/domain/mapping/suggest";
import { toTarget } from "@/lib/domain/mapping/to-target";

const FALLBACK_TYPES = ["text", "textarea"];

/** Types that accept the same values. A change within one group refuses nothing. */
const SHAPES = [
  ["text", "textarea", "url", "streetaddress", "tracking_data"],
  ["numeric", "price", "monetary"],
  ["date", "birthday", "date_time"],
  ["select", "radiobutton", "category"],
];

/** The differences between the account and what the published mapping expects, each with a proposed fix. */
export function findDrift(mapping: Mapping, catalogue: Catalogue): Finding[] {
  const own = mappableFields.flatMap((field) => {
    const target = mapping.fields[field];
    return target ? compareTarget(field, target, catalogue) : [];
  });
  const custom = mapping.custom.flatMap(({ key, target }) => compareTarget(key, target, catalogue));
  return [
    ...own,
    ...custom,
    ...compareFallback(mapping, catalogue),
    ...compareReference(mapping, catalogue),
    ...compareConsent(mapping, catalogue),
    ...comparePipeline(mapping, catalogue),
    ...compareRequired(mapping, catalogue),
  ];
}

function compareTarget(place: string, target: Target, catalogue: Catalogue): Finding[] {
  const name = target.name ?? String(target.fieldId);
  const values = { name, fieldId: target.fieldId };
  const found = findField(target, catalogue);
  if (!found && isSkipped(catalogue, "field", target.fieldId)) return [];
  if (!found) return [toLoss(place, target, values, catalogue)];
  return [
    ...(target.name === undefined || target.name === found.name
      ? []
      : [toFinding("field_renamed", place, { ...values, now: found.name }, { kind: "accept" }, false)]),
    ...(found.isComputed ? [toFinding("field_computed", place, values, { kind: "choose_field" }, true)] : []),
    ...compareType(place, target, found, values, catalogue),
  ];
}

function toLoss(place: string, target: Target, values: Finding["values"], catalogue: Catalogue): Finding {
  const elsewhere = catalogue.fields.find((field) => isMoved(field, target));
  if (elsewhere) {
    const now = { ...values, entity: elsewhere.entity };
    return toFinding("field_moved", place, now, { kind: "choose_field" }, true);
  }
  const sameNamed = findSameNamed(place, target, catalogue);
  const fix: Finding["fix"] = sameNamed ? { kind: "use_field", target: sameNamed } : { kind: "choose_field" };
  return toFinding("field_deleted", place, values, fix, true);
}

/** Companies have phone and e-mail fields with the same names, so those do not count. */
function isMoved({ id, entity, name, type }: Field, target: Target): boolean {
  if (id === target.fieldId) return true;
  if (entity === target.entity || entity === "companies" || target.name === undefined) return false;
  return type === target.type && toPlainWords(name) === toPlainWords(target.name);
}

function findSameNamed(place: string, target: Target, catalogue: Catalogue): Target | undefined {
  const named = catalogue.fields.find(
    ({ entity, name, type }) =>
      entity === target.entity &&
      type === target.type &&
      toPlainWords(name) === toPlainWords(target.name ?? ""),
  );
  return named ? toTarget(named) : suggestTargets(catalogue).find(({ field }) => field === place)?.target;
}

function compareType(
  place: string,
  target: Target,
  found: Field,
  values: Finding["values"],
  catalogue: Catalogue,
): Finding[] {
  const { type, enumCode } = target;
  const field = mappableFields.find((known) => known === place);
  if (type === undefined && field && !isFit(field, found.type)) {
    const unfit = { ...values, name: found.name, now: found.type };
    return [toFinding("field_unfit", place, unfit, { kind: "choose_field" }, true)];
  }
  if (type !== undefined && type !== found.type) {
    const fix: Finding["fix"] = { kind: "use_field", target: toTarget(found) };
    const change = { ...values, before: type, now: found.type };
    return [toFinding("field_retyped", place, change, fix, !isSameShape(type, found.type))];
  }
  const codes = found.options.map(({ code, value }) => code ?? value);
  const isEnumSkipped = catalogue.skipped.some(
    ({ kind, parentId }) => kind === "option" && parentId === found.id,
  );
  if (enumCode && !codes.includes(enumCode) && !isEnumSkipped) {
    const fix: Finding["fix"] = { kind: "use_field", target: toTarget(found) };
    return [toFinding("enum_gone", place, { ...values, enumCode }, fix, true)];
  }
  return compareOptions(place, target, found, values, catalogue);
}

function compareOptions(
  place: string,
  target: Target,
  found: Field,
  values: Finding["values"],
  catalogue: Catalogue,
): Finding[] {
  const known = target.options;
  if (!known) return [];
  const lost = known.flatMap((option) => {
    const now = found.options.find(({ id }) => id === option.id);
    const told = { ...values, optionId: option.id, option: option.value };
    if (!now && isSkipped(catalogue, "option", option.id, found.id)) return [];
    if (!now) return [toFinding("option_deleted", place, told, { kind: "match_options" }, true)];
    if (now.value === option.value) return [];
    return [toFinding("option_renamed", place, { ...told, now: now.value }, { kind: "accept" }, false)];
  });
  const added = found.options.filter(({ id }) => !known.some((option) => option.id === id));
  return [
    ...lost,
    ...added.map(({ id, value }) =>
      toFinding(
        "option_added",
        place,
        { ...values, optionId: id, option: value },
        { kind: "match_options" },
        false,
      ),
    ),
  ];
}

function compareFallback({ parkIn }: Mapping, catalogue: Catalogue): Finding[] {
  if (!parkIn) return [];
  const name = parkIn.name ?? String(parkIn.fieldId);
  const values = { name, fieldId: parkIn.fieldId };
  const found = findField(parkIn, catalogue);
  if (!found && isSkipped(catalogue, "field", parkIn.fieldId)) return [];
  if (!found) return [toFinding("park_deleted", "parkIn", values, { kind: "choose_field" }, true)];
  if (FALLBACK_TYPES.includes(found.type)) return [];
  return [
    toFinding("park_retyped", "parkIn", { ...values, now: found.type }, { kind: "choose_field" }, true),
  ];
}

function compareReference({ reference }: Mapping, catalogue: Catalogue): Finding[] {
  return compareText("reference", reference, (type) => isFit("reference", type), catalogue);
}

function compareConsent({ consent }: Mapping, catalogue: Catalogue): Finding[] {
  return compareText("consent", consent, (type) => CONSENT_TYPES.includes(type), catalogue);
}

function compareText(
  place: "reference" | "consent",
  target: Target | null,
  isFitting: (type: string) => boolean,
  catalogue: Catalogue,
): Finding[] {
  if (!target) return [];
  const values = { name: target.name ?? String(target.fieldId), fieldId: target.fieldId };
  const found = findField(target, catalogue);
  const broken = (kind: Finding["kind"], more: Finding["values"] = {}) => [
    toFinding(kind, place, { ...values, ...more }, { kind: "choose_field" }, true),
  ];
  if (!found && isSkipped(catalogue, "field", target.fieldId)) return [];
  if (!found) return broken(`${place}_deleted`);
  return isFitting(found.type) ? [] : broken(`${place}_retyped`, { now: found.type });
}

function comparePipeline({ pipelineId, pipelineName }: Mapping, catalogue: Catalogue): Finding[] {
  const { pipelines } = catalogue;
  const found = pipelines.find(({ id }) => id === pipelineId);
  const other = choosePipeline({ pipelines: pipelines.filter(({ id }) => id !== pipelineId) });
  const fix: Finding["fix"] = other
    ? { kind: "use_pipeline", pipelineId: other.id }
    : { kind: "choose_pipeline" };
  const name = found?.name ?? pipelineName ?? String(pipelineId);
  const broken = (kind: Finding["kind"]) => [toFinding(kind, "pipeline", { name, pipelineId }, fix, true)];
  if (!found && isSkipped(catalogue, "pipeline", pipelineId)) return [];
  if (!found) return broken("pipeline_deleted");
  if (found.isArchived) return broken("pipeline_archived");
  if (!found.takesIncoming) return broken("pipeline_without_incoming");
  if (pipelineName === undefined || pipelineName === found.name) return [];
  const values = { name: pipelineName, now: found.name, pipelineId };
  return [toFinding("pipeline_renamed", "pipeline", values, { kind: "accept" }, false)];
}

function compareRequired(mapping: Mapping, { fields, pipelines }: Catalogue): Finding[] {
  const targets = [...Object.values(mapping.fields), ...mapping.custom.map(({ target }) => target)];
  const texts = [mapping.reference, mapping.consent].filter((target) => target !== null);
  const filled = [...targets, ...texts].map(({ entity, fieldId }) => `${entity}:${fieldId}`);
  return fields.flatMap((field) => {
    const place = `${field.entity}:${field.id}`;
    const stage = field.requiredIn.find(({ pipelineId }) => pipelineId === mapping.pipelineId);
    if (!stage || filled.includes(place) || field.entity === "companies") return [];
    if (mapping.knownRequired.includes(place) || isLeftToKommo(mapping, place)) return [];
    const stages = pipelines.find(({ id }) => id === stage.pipelineId)?.stages ?? [];
    const name = stages.find(({ id }) => id === stage.stageId)?.name ?? "";
    const values = { name: field.name, fieldId: field.id, stage: name };
    return [
      toFinding("required_in_stage", place, values, { kind: "put_on_form", target: toTarget(field) }, false),
    ];
  });
}

function toFinding(
  kind: Finding["kind"],
  place: string,
  values: Finding["values"],
  fix: Finding["fix"],
  breaks: boolean,
): Finding {
  return { kind, place, values, fix, breaks };
}

function findField({ entity, fieldId }: Target, { fields }: Catalogue): Field | undefined {
  return fields.find((field) => field.id === fieldId && field.entity === entity);
}

/** What was not understood is not gone: a lead does not wait for it. A record without an id may be any of its kind. */
function isSkipped({ skipped }: Catalogue, kind: Skipped["kind"], id: number, parentId?: number): boolean {
  return skipped.some(
    (record) =>
      record.kind === kind &&
      (record.id === null || record.id === String(id)) &&
      (parentId === undefined || record.parentId === parentId),
  );
}

function isSameShape(one: string, other: string): boolean {
  return SHAPES.some((shape) => shape.includes(one) && shape.includes(other));
}
