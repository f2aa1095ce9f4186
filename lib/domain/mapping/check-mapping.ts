import type { Catalogue, Field } from "./catalogue";
import { checkForm } from "./check-form";
import { isFit } from "./field-names";
import { isLeftToKommo } from "./leave-to-kommo";
import {
  type Check,
  CONSENT_TYPES,
  contactFields,
  type MappableField,
  type Mapping,
  mappableFields,
  type Target,
  toInputKind,
  toOptionKey,
} from "./schema";

const LISTS = ["select", "radiobutton", "category", "multiselect"];
const NAMES = ["sourceName", "formId", "formName"] as const;
const FALLBACK_TYPES = ["text", "textarea"];

/** Runs in the browser while an admin edits, and on the server before publishing. */
export function checkMapping(mapping: Mapping, catalogue: Catalogue): Check[] {
  return [
    ...mappableFields.flatMap((field) => checkOwn(field, mapping, catalogue)),
    ...mapping.custom.flatMap((field) => [
      ...checkTarget(field.key, field.target, catalogue),
      ...checkInput(field.key, field.target, catalogue),
      ...(field.label.en && field.label.ru ? [] : [error(field.key, "label_missing")]),
    ]),
    ...checkForm(mapping),
    ...checkFallback(mapping, catalogue),
    ...checkReference(mapping, catalogue),
    ...checkConsent(mapping, catalogue),
    ...checkUses(mapping),
    ...checkPipeline(mapping, catalogue),
    ...checkRequired(mapping, catalogue),
    ...checkWords(mapping),
  ];
}

function checkOwn(field: MappableField, mapping: Mapping, catalogue: Catalogue): Check[] {
  const target = mapping.fields[field];
  if (!target) return [field === "phone" ? error(field, "unmapped") : warning(field, "unmapped")];
  const entity = contactFields.includes(field) ? "contacts" : "leads";
  if (target.entity !== entity) return [error(field, "wrong_entity", { entity })];
  const found = findField(target, catalogue);
  const own = found && !isFit(field, found.type) ? [error(field, "type_unfit", { type: found.type })] : [];
  return [...checkTarget(field, target, catalogue), ...own, ...checkMatches(field, found, mapping)];
}

function checkMatches(field: MappableField, found: Field | undefined, mapping: Mapping): Check[] {
  if (!found || !LISTS.includes(found.type)) return [];
  const ids = found.options.map(({ id }) => id);
  const matched = Object.values(mapping.optionsOf[field] ?? {});
  const gone = matched.filter((id) => !ids.includes(id)).length;
  if (gone > 0) return [error(field, "options_changed", { count: gone })];
  return matched.length > 0 ? [] : [warning(field, "options_unmatched", { count: ids.length })];
}

function checkTarget(place: string, target: Target, catalogue: Catalogue): Check[] {
  const found = findField(target, catalogue);
  if (!found) {
    const elsewhere = catalogue.fields.find(({ id }) => id === target.fieldId);
    if (elsewhere) return [error(place, "wrong_entity", { entity: elsewhere.entity })];
    return [error(place, "field_missing", { fieldId: target.fieldId })];
  }
  return [
    ...(found.isComputed ? [error(place, "computed", { name: found.name })] : []),
    ...checkEnum(place, target, found),
    ...checkOptions(place, target, found),
  ];
}

function checkEnum(place: string, { enumCode }: Target, found: Field): Check[] {
  if (found.type !== "multitext") return [];
  const codes = found.options.map(({ code, value }) => code ?? value);
  const isGiven = enumCode !== undefined && codes.includes(enumCode);
  return isGiven || (enumCode === undefined && place !== "phone")
    ? []
    : [error(place, "enum_missing", { codes: codes.join(", ") })];
}

/** The options have changed since the page was loaded. Publishing this list would hide that change. */
function checkOptions(place: string, { options }: Target, found: Field): Check[] {
  if (!options || !LISTS.includes(found.type)) return [];
  const known = options.map(({ id, value }) => `${id} ${value}`).sort();
  const actual = found.options.map(({ id, value }) => `${id} ${value}`).sort();
  const changed = known.filter((option) => !actual.includes(option)).length;
  const added = actual.filter((option) => !known.includes(option)).length;
  return changed + added === 0 ? [] : [error(place, "options_changed", { count: Math.max(changed, added) })];
}

function checkInput(place: string, target: Target, catalogue: Catalogue): Check[] {
  const type = findField(target, catalogue)?.type;
  return type === undefined || toInputKind(type) ? [] : [error(place, "type_unfit", { type })];
}

function checkFallback({ parkIn }: Mapping, catalogue: Catalogue): Check[] {
  if (!parkIn) return [warning("parkIn", "park_missing")];
  const found = findField(parkIn, catalogue);
  if (!found) return [error("parkIn", "field_missing", { fieldId: parkIn.fieldId })];
  if (!FALLBACK_TYPES.includes(found.type)) return [error("parkIn", "type_unfit", { type: found.type })];
  return found.type === "text" ? [warning("parkIn", "park_short")] : [];
}

function checkReference({ reference }: Mapping, catalogue: Catalogue): Check[] {
  if (!reference) return [warning("reference", "reference_missing")];
  if (reference.entity !== "leads") return [error("reference", "wrong_entity", { entity: reference.entity })];
  const type = findField(reference, catalogue)?.type;
  return [
    ...checkTarget("reference", reference, catalogue),
    ...(type === undefined || isFit("reference", type) ? [] : [error("reference", "type_unfit", { type })]),
  ];
}

function checkConsent({ consent }: Mapping, catalogue: Catalogue): Check[] {
  if (!consent) return [];
  if (consent.entity !== "leads") return [error("consent", "wrong_entity", { entity: consent.entity })];
  const type = findField(consent, catalogue)?.type;
  const isUnfit = type !== undefined && !CONSENT_TYPES.includes(type);
  return [
    ...checkTarget("consent", consent, catalogue),
    ...(isUnfit ? [error("consent", "type_unfit", { type })] : []),
  ];
}

function checkUses(mapping: Mapping): Check[] {
  const uses = listTargets(mapping);
  return uses.flatMap(([place, target], index) => {
    const first = uses.findIndex(([, other]) => toKey(other) === toKey(target));
    const [other, { name = other }] = uses[first] ?? [place, target];
    return first < index ? [error(place, "used_twice", { other, name })] : [];
  });
}

function checkPipeline({ pipelineId }: Mapping, { pipelines }: Catalogue): Check[] {
  const found = pipelines.find(({ id }) => id === pipelineId);
  if (!found) return [error("pipeline", "pipeline_missing", { pipelineId })];
  if (found.isArchived) return [error("pipeline", "pipeline_archived", { name: found.name })];
  return found.takesIncoming ? [] : [error("pipeline", "pipeline_without_incoming", { name: found.name })];
}

/** Kommo enforces required fields for people only, not for the API (docs/kommo-api.md §4), so this is a warning. */
function checkRequired(mapping: Mapping, { fields, pipelines }: Catalogue): Check[] {
  const filled = listTargets(mapping).map(([, target]) => toKey(target));
  return fields.flatMap((field) => {
    const stage = field.requiredIn.find(({ pipelineId }) => pipelineId === mapping.pipelineId);
    const place = `${field.entity}:${field.id}`;
    if (!stage || filled.includes(place) || field.entity === "companies") return [];
    if (isLeftToKommo(mapping, place)) return [];
    const stages = pipelines.find(({ id }) => id === stage.pipelineId)?.stages ?? [];
    const name = stages.find(({ id }) => id === stage.stageId)?.name ?? "";
    return [warning(place, "required_unfilled", { name: field.name, stage: name })];
  });
}

function checkWords(mapping: Mapping): Check[] {
  const { leadName, formPage, sources } = mapping;
  const names = sources.flatMap(({ name, aliases }) => [...new Set([name, ...aliases].map(toOptionKey))]);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  const isPage = !formPage || URL.canParse(formPage.replaceAll("{id}", "id"));
  return [
    ...NAMES.flatMap((name) => (mapping[name] === "" ? [error(name, "name_empty")] : [])),
    ...(leadName === "" ? [error("leadName", "lead_name_empty")] : []),
    ...(isPage ? [] : [error("formPage", "form_page_unfit")]),
    ...(sources.some(({ name, value }) => name === "" || value === "")
      ? [error("sources", "source_empty")]
      : []),
    ...(twice === undefined || twice === "" ? [] : [error("sources", "source_twice", { name: twice })]),
  ];
}

function listTargets({ fields, custom, parkIn, reference, consent }: Mapping): [string, Target][] {
  return [
    ...mappableFields.flatMap((field): [string, Target][] => {
      const target = fields[field];
      return target ? [[field, target]] : [];
    }),
    ...custom.map(({ key, target }): [string, Target] => [key, target]),
    ...(parkIn ? [["parkIn", parkIn] satisfies [string, Target]] : []),
    ...(reference ? [["reference", reference] satisfies [string, Target]] : []),
    ...(consent ? [["consent", consent] satisfies [string, Target]] : []),
  ];
}

function findField({ entity, fieldId }: Target, { fields }: Catalogue): Field | undefined {
  return fields.find((field) => field.id === fieldId && field.entity === entity);
}

function toKey({ entity, fieldId }: Target): string {
  return `${entity}:${fieldId}`;
}

function error(place: string, code: Check["code"], values: Check["values"] = {}): Check {
  return { place, code, values, severity: "error" };
}

function warning(place: string, code: Check["code"], values: Check["values"] = {}): Check {
  return { place, code, values, severity: "warning" };
}
