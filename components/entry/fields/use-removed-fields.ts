import { useWatch } from "react-hook-form";
import type { LeadForm } from "@/components/entry/typed-lead";
import type { FormFields } from "@/lib/domain/mapping/schema";

/** Keys that have a value but no field on the form, as in a draft or a saved lead from before the last publishing. */
export function useRemovedFields(form: LeadForm, fields: FormFields["custom"]): string[] {
  return useWatch({
    control: form.control,
    name: "custom",
    compute: (custom = {}) =>
      Object.entries(custom)
        .filter(([key, value]) => value.length > 0 && !fields.some((field) => field.key === key))
        .map(([key]) => key),
  });
}
