"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";

/** A lead while it is typed, with what a paste left over: nobody else has it, so it must not be lost. */
export type TypedLead = Lead & { rest?: string[] };
export type LeadForm = UseFormReturn<TypedLead>;

const plain: ComponentProps<"input"> = { autoCapitalize: "none", spellCheck: false };
const personal: ComponentProps<"input"> = { autoCapitalize: "words", spellCheck: false, translate: "no" };

const manners: Partial<Record<LeadField, ComponentProps<"input">>> = {
  phone: { ...plain, type: "tel", inputMode: "tel", translate: "no" },
  name: personal,
  surname: personal,
  telegram: { ...plain, translate: "no" },
  source: { autoCapitalize: "sentences" },
  email: { ...plain, inputMode: "email", translate: "no" },
  profession: { autoCapitalize: "sentences" },
  education: { autoCapitalize: "sentences" },
  income: { ...plain, inputMode: "decimal" },
  referrer: { ...plain, inputMode: "url" },
};

// A rule over two fields complains at the first of them, so a change in the other has to ask again.
const deps: Partial<Record<LeadField, LeadField>> = { surname: "name", telegram: "phone", email: "phone" };

type LeadInputProps = {
  form: LeadForm;
  field: LeadField;
  isLast: boolean;
  mark?: string;
  hint?: ReactNode;
  warning?: ReactNode;
  /** Id of the datalist that completes it. */
  list?: string;
  onLeave?: (field: LeadField) => void;
};

export function LeadInput({ form, field, isLast, mark, hint, warning, list, onLeave }: LeadInputProps) {
  const t = useTranslations("lead");
  const key = form.formState.errors[field]?.message;
  const { ref, ...registration } = form.register(field, {
    deps: deps[field],
    onBlur: () => onLeave?.(field),
  });

  // A form that takes over an input wipes what was typed into it before the page's script came.
  const takeOver = (input: HTMLInputElement | null) => {
    const typed = input?.value;
    ref(input);
    if (input && typed && typed !== input.value) form.setValue(field, typed);
  };

  return (
    <Field
      id={`lead-${field}`}
      label={t(`fields.${field}`)}
      hint={hint ?? (t.has(`hints.${field}`) ? t(`hints.${field}`) : undefined)}
      warning={warning}
      error={key && t(t.has(`problems.${key}`) ? `problems.${key}` : "problems.other")}
      mark={mark}
      list={list}
      autoComplete="off"
      enterKeyHint={isLast ? "send" : "next"}
      {...(manners[field] ?? plain)}
      {...registration}
      ref={takeOver}
    />
  );
}

/** What an input is called in the form and in the server's answer. */
export type InputName = LeadField | `custom.${string}`;

export function toCustomName(key: string): InputName {
  return `custom.${key}`;
}

/** The form's errors hold custom fields as one group, the server's answer as names. */
export function listWrong(fields: object): InputName[] {
  const group =
    "custom" in fields && typeof fields.custom === "object" ? Object.keys(fields.custom ?? {}) : [];
  const named = Object.keys(fields).filter((name): name is `custom.${string}` => name.startsWith("custom."));
  return [...leadFields.filter((field) => field in fields), ...group.map(toCustomName), ...named];
}

/** The one that stands first on the page. */
export function firstWrong(wrong: readonly InputName[]): InputName | undefined {
  const shown = wrong.flatMap((name) => document.getElementById(`lead-${name}`) ?? []);
  const [first] = shown.sort((one, other) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1,
  );
  return wrong.find((name) => first?.id === `lead-${name}`);
}
