import { useEffect } from "react";
import type { LeadForm } from "@/components/entry/typed-lead";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { useValue } from "./use-value";

/** Keys that have a value but no field on the form, as in a draft or a saved lead from before the last publishing. */
export function useRemovedFields(form: LeadForm, fields: FormFields["custom"]): string[] {
  return useValue(form, ({ custom = {} }) =>
    Object.entries(custom)
      .filter(([key, value]) => value.length > 0 && !fields.some((field) => field.key === key))
      .map(([key]) => key),
  );
}

/** Once such a field is empty, the lead does not have it. While it has a value, that stays though its input goes for a while. */
export function useForgetEmpty({ getValues, unregister }: LeadForm, key: string, isRemoved: boolean): void {
  useEffect(() => {
    if (!isRemoved) return;
    return () => {
      if (!getValues(`custom.${key}`)?.length) unregister(`custom.${key}`);
    };
  }, [getValues, unregister, key, isRemoved]);
}

/** Fields that the form leaves out, and that have a value all the same: of a draft, a correction or the page's link. */
export function useFilledHidden(form: LeadForm, hidden: readonly LeadField[]): LeadField[] {
  return useValue(form, (lead) => hidden.filter((field) => lead[field] !== ""));
}
