import type { LeadForm } from "@/components/entry/typed-lead";
import type { LeadField } from "@/lib/domain/lead/fields";

type TextInput = HTMLInputElement | HTMLTextAreaElement;

/** A form that takes over an input wipes what was typed into it before the page's script came. */
export function toTakeOver(form: LeadForm, field: LeadField, ref: (input: TextInput | null) => void) {
  return (input: TextInput | null) => {
    const typed = input?.value;
    ref(input);
    if (input && typed && typed !== input.value) form.setValue(field, typed);
  };
}
