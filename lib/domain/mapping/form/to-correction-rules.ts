import type { LeadField } from "@/lib/domain/lead/fields";
import type { CustomValues } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";

type Saved = { values: Partial<Record<LeadField, string | null>>; custom: CustomValues; byForm?: boolean };

/**
 * A correction may leave empty what was empty before a field of ours came to be required, and a lead of a website form all
 * that the form of the desk requires.
 */
export function toCorrectionRules<T extends Pick<FormFields, "required" | "custom">>(
  rules: T,
  { values, custom, byForm }: Saved,
): T {
  return {
    ...rules,
    required: byForm ? [] : rules.required.filter((field) => values[field]),
    custom: rules.custom.map((field) =>
      byForm || (field.own && !custom[field.key]?.length) ? { ...field, required: false } : field,
    ),
  };
}
