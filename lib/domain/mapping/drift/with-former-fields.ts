import type { CustomField, Mapping, Target } from "@/lib/domain/mapping/schema";

/** Adds the fields and options of the version before, because older leads have values of these. */
export function withFormerFields(mapping: Mapping, before: Mapping | undefined): Mapping {
  if (!before) return mapping;
  const { custom } = mapping;
  const known = [...before.custom, ...before.retired];
  return {
    ...mapping,
    custom: custom.map((field) => ({
      ...field,
      target: withFormerOptions(field.target, known.find(({ key }) => key === field.key)?.target),
    })),
    retired: known.filter(({ key }) => !hasKey(custom, key)),
  };
}

function withFormerOptions(target: Target, before: Target | undefined): Target {
  const options = target.options ?? [];
  const known = [...(before?.options ?? []), ...(before?.former ?? [])];
  const former = known.filter(({ id }) => !options.some((option) => option.id === id));
  return former.length > 0 ? { ...target, former } : target;
}

function hasKey(fields: readonly CustomField[], wanted: string): boolean {
  return fields.some(({ key }) => key === wanted);
}
