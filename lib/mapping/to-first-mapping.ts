import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { choosePipeline } from "@/lib/domain/mapping/choose-pipeline";
import { withCurrentFacts } from "@/lib/domain/mapping/drift/with-current-facts";
import {
  contactFields,
  type MappableField,
  type Mapping,
  mappableFields,
  mappingSchema,
  type Target,
} from "@/lib/domain/mapping/schema";
import { suggestTargets } from "@/lib/domain/mapping/suggest";
import { AppError } from "@/lib/errors";

type Given = {
  pipelineId: number | undefined;
  fieldIds: Partial<Record<string, number>>;
  defaultCountry: string;
  holdSeconds: number;
};

/**
 * Nobody looks at it before it is used, so it takes the ids of the settings, Kommo's codes and exact names, and no guess.
 * Throws `no_pipeline` when the account has none that takes incoming leads, and the settings name none.
 */
export function toFirstMapping(catalogue: Catalogue, given: Given): Mapping {
  const suggested = suggestTargets(catalogue).filter(({ kind }) => kind === "code" || kind === "name");
  const pipelineId = given.pipelineId ?? choosePipeline(catalogue)?.id;
  if (pipelineId === undefined) throw new AppError("no_pipeline");
  const fields = mappableFields.flatMap((field): [MappableField, Target][] => {
    const target = toGiven(field, given) ?? suggested.find((other) => other.field === field)?.target;
    return target ? [[field, target]] : [];
  });
  const mapping = mappingSchema.parse({
    pipelineId,
    fields: Object.fromEntries(fields),
    defaultCountry: given.defaultCountry,
    holdSeconds: given.holdSeconds,
  });
  return withCurrentFacts(mapping, catalogue);
}

function toGiven(field: MappableField, { fieldIds }: Given): Target | undefined {
  const fieldId = fieldIds[field];
  if (fieldId === undefined) return undefined;
  const entity = contactFields.includes(field) ? "contacts" : "leads";
  return { entity, fieldId };
}
