import type { Catalogue } from "./catalogue";
import { choosePipeline } from "./choose-pipeline";
import { withCurrentFacts } from "./drift/with-current-facts";
import { isFit } from "./field-names";
import {
  contactFields,
  type MappableField,
  type Mapping,
  mappableFields,
  mappingSchema,
  type SuggestedField,
  type Target,
} from "./schema";
import { suggestTargets } from "./suggest";

type Given = {
  pipelineId: number | undefined;
  fieldIds: Partial<Record<string, number>>;
  defaultCountry: string;
  holdSeconds: number;
};

/** With these settings the mapping needs no answer of Kommo's. */
const ENOUGH: readonly MappableField[] = [
  "phone",
  "telegram",
  "email",
  "source",
  "utm_medium",
  "utm_campaign",
  "utm_content",
  "utm_term",
];

/** Whether the settings alone make a mapping by which leads can leave. */
export function isEnough({ fieldIds }: Pick<Given, "fieldIds">): boolean {
  return ENOUGH.every((field) => fieldIds[field] !== undefined);
}

/** A mapping of the settings' ids only. Kommo has not been asked what they are. */
export function toGivenMapping(pipelineId: number, given: Omit<Given, "pipelineId">): Mapping {
  const fields = mappableFields.flatMap((field) => {
    const target = toTargetOf(field, given.fieldIds);
    return target ? [[field, target] as const] : [];
  });
  const { defaultCountry, holdSeconds } = given;
  const reference = toTargetOf("reference", given.fieldIds) ?? null;
  return mappingSchema.parse({
    pipelineId,
    fields: Object.fromEntries(fields),
    reference,
    defaultCountry,
    holdSeconds,
  });
}

/** Whether a mapping was made without the catalogue: it has only ids. */
export function isBare({ pipelineName, fields }: Mapping): boolean {
  return pipelineName === undefined && Object.values(fields).every(({ name }) => name === undefined);
}

/**
 * Used without review, so it takes only the settings' ids, Kommo's codes and exact names. A field that cannot take our
 * values stays a bare id and shows as drift. Undefined when no pipeline takes incoming leads and the settings name none.
 */
export function toFirstMapping(catalogue: Catalogue, given: Given): Mapping | undefined {
  const pipelineId = given.pipelineId ?? choosePipeline(catalogue)?.id;
  if (pipelineId === undefined) return undefined;
  const exact = suggestTargets(catalogue).filter(({ kind }) => kind === "code" || kind === "name");
  const found = Object.fromEntries(exact.map(({ field, target }) => [field, target]));
  const { reference: named = null, ...foundFields } = found;
  const own = toGivenMapping(pipelineId, given);
  const reference = own.reference ?? named;
  const mapping = withCurrentFacts(
    { ...own, fields: { ...foundFields, ...own.fields }, reference },
    catalogue,
  );
  const fields = Object.entries(mapping.fields).map(([key, target]) => {
    const field = key as MappableField;
    return [field, target.type && !isFit(field, target.type) ? own.fields[field] : target];
  });
  return { ...mapping, fields: Object.fromEntries(fields) };
}

/** Completes a mapping of ids with the facts of the account. */
export function completeMapping(mapping: Mapping, catalogue: Catalogue): Mapping {
  const fieldIds = Object.fromEntries(
    Object.entries(mapping.fields).map(([field, { fieldId }]) => [field, fieldId]),
  );
  const given = { ...mapping, fieldIds: { ...fieldIds, reference: mapping.reference?.fieldId } };
  return toFirstMapping(catalogue, given) ?? mapping;
}

function toTargetOf(field: SuggestedField, fieldIds: Given["fieldIds"]): Target | undefined {
  const fieldId = fieldIds[field];
  if (fieldId === undefined) return undefined;
  return { entity: contactFields.some((known) => known === field) ? "contacts" : "leads", fieldId };
}
