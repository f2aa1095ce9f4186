import type { LeadForm } from "@/components/entry/typed-lead";

export function chooseSource({ setValue, clearErrors }: LeadForm, source: string): void {
  setValue("source", source);
  clearErrors("source");
}

export function swapNames({ getValues, setValue }: LeadForm): void {
  const { name, surname } = getValues();
  setValue("name", surname);
  setValue("surname", name);
}
