"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import type { LeadForm } from "@/components/entry/typed-lead";
import { Field } from "@/components/ui/field";
import type { LeadField } from "@/lib/domain/lead/fields";
import { toInputId } from "./inputs";

const plain: ComponentProps<"input"> = { autoCapitalize: "none", spellCheck: false };
const personal: ComponentProps<"input"> = { autoCapitalize: "words", spellCheck: false, translate: "no" };

const attributes: Partial<Record<LeadField, ComponentProps<"input">>> = {
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
      id={toInputId(field)}
      label={t(`fields.${field}`)}
      hint={hint ?? (t.has(`hints.${field}`) ? t(`hints.${field}`) : undefined)}
      warning={warning}
      error={key && t(t.has(`problems.${key}`) ? `problems.${key}` : "problems.other")}
      mark={mark}
      list={list}
      autoComplete="off"
      enterKeyHint={isLast ? "send" : "next"}
      {...(attributes[field] ?? plain)}
      {...registration}
      ref={takeOver}
    />
  );
}
