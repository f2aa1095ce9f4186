import { useWatch } from "react-hook-form";
import type { FormFields } from "@/lib/domain/mapping/schema";
import type { LeadForm } from "./lead-input";

/** Keys of fields with a value that are not on the form, as a draft or a saved lead from before a publishing has them. */
export function useGone(form: LeadForm, fields: FormFields["custom"]): string[] {
  return useWatch({
    control: form.control,
    name: "custom",
    compute: (custom = {}) =>
      Object.entries(custom)
        .filter(([key, value]) => value.length > 0 && !fields.some((field) => field.key === key))
        .map(([key]) => key),
  });
}
