import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { leaveToKommo } from "@/lib/domain/mapping/leave-to-kommo";
import { matchOptions } from "@/lib/domain/mapping/match-options";
import { type Finding, type Mapping, mappableFields, type Target } from "@/lib/domain/mapping/schema";
import { toCurrentTarget } from "./to-current-target";

export function listFixes({ fix }: Finding): Finding["fix"][] {
  return fix.kind === "put_on_form" ? [fix, { kind: "leave_to_kommo" }] : [fix];
}

/** The mapping after the proposed fix. Unchanged where a person has to choose. */
export function applyFix({ place, fix, values }: Finding, mapping: Mapping, catalogue: Catalogue): Mapping {
  switch (fix.kind) {
    case "use_field":
      return withTarget(mapping, place, () => fix.target);
    case "accept":
      return place === "pipeline"
        ? withPipeline(mapping, mapping.pipelineId, catalogue)
        : withTarget(mapping, place, (target) => toCurrentTarget(target, catalogue));
    case "match_options":
      return withOptions(
        withTarget(mapping, place, (target) => toCurrentTarget(target, catalogue)),
        place,
      );
    case "use_pipeline":
      return withPipeline(mapping, fix.pipelineId, catalogue);
    case "put_on_form":
      return withCustom(mapping, fix.target);
    case "leave_to_kommo":
      return leaveToKommo(mapping, place, String(values.name ?? place));
    default:
      return mapping;
  }
}

function withTarget(mapping: Mapping, place: string, toNext: (target: Target) => Target): Mapping {
  if (place === "parkIn") return { ...mapping, parkIn: mapping.parkIn && toNext(mapping.parkIn) };
  if (place === "reference") return { ...mapping, reference: mapping.reference && toNext(mapping.reference) };
  if (place === "consent") return { ...mapping, consent: mapping.consent && toNext(mapping.consent) };
  const field = mappableFields.find((known) => known === place);
  const target = field && mapping.fields[field];
  if (target) return { ...mapping, fields: { ...mapping.fields, [field]: toNext(target) } };
  return {
    ...mapping,
    custom: mapping.custom.map((custom) =>
      custom.key === place ? withNewTarget(custom, toNext(custom.target)) : custom,
    ),
  };
}

function withNewTarget(custom: Mapping["custom"][number], target: Target): Mapping["custom"][number] {
  return { ...custom, key: `${target.entity}:${target.fieldId}`, target };
}

function withOptions(mapping: Mapping, place: string): Mapping {
  const field = mappableFields.find((known) => known === place);
  const target = field && mapping.fields[field];
  if (!target) return mapping;
  const ids = target.options?.map(({ id }) => id) ?? [];
  const kept = Object.entries(mapping.optionsOf[field] ?? {}).filter(([, id]) => ids.includes(id));
  return {
    ...mapping,
    optionsOf: { ...mapping.optionsOf, [field]: { ...matchOptions(target), ...Object.fromEntries(kept) } },
  };
}

function withPipeline(mapping: Mapping, pipelineId: number, { pipelines }: Catalogue): Mapping {
  const found = pipelines.find(({ id }) => id === pipelineId);
  return { ...mapping, pipelineId, pipelineName: found?.name };
}

function withCustom(mapping: Mapping, target: Target): Mapping {
  const key = `${target.entity}:${target.fieldId}`;
  if (mapping.custom.some((known) => known.key === key)) return mapping;
  const name = target.name ?? key;
  const added = { key, target, label: { en: name, ru: name }, help: { en: "", ru: "" }, required: false };
  return { ...mapping, custom: [...mapping.custom, added] };
}
