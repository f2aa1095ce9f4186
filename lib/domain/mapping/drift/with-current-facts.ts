import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import type { Mapping, Target } from "@/lib/domain/mapping/schema";
import { toCurrentTarget } from "./to-current-target";

/** The mapping with the account's current names, types and options. Later refreshes are compared with these. */
export function withCurrentFacts(mapping: Mapping, catalogue: Catalogue): Mapping {
  const fresh = (target: Target) => toCurrentTarget(target, catalogue);
  const pipeline = catalogue.pipelines.find(({ id }) => id === mapping.pipelineId);
  const isWanted = ({ requiredIn }: Catalogue["fields"][number]) =>
    requiredIn.some(({ pipelineId }) => pipelineId === mapping.pipelineId);
  return {
    ...mapping,
    pipelineName: pipeline?.name,
    fields: Object.fromEntries(
      Object.entries(mapping.fields).map(([field, target]) => [field, fresh(target)]),
    ),
    custom: mapping.custom.map((field) => ({ ...field, target: fresh(field.target) })),
    parkIn: mapping.parkIn && fresh(mapping.parkIn),
    reference: mapping.reference && fresh(mapping.reference),
    consent: mapping.consent && fresh(mapping.consent),
    knownRequired: catalogue.fields.filter(isWanted).map(({ entity, id }) => `${entity}:${id}`),
    timeZone: catalogue.account.timeZone ?? mapping.timeZone,
  };
}
