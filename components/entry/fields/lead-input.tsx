"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import type { LeadForm } from "@/components/entry/typed-lead";
import { Field } from "@/components/ui/field";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { toInputId } from "./inputs";
import { toTakeOver } from "./take-over";
import { useMarkedLabel } from "./use-input-label";
import { useProblem } from "./use-problem";

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
const deps: Partial<Record<LeadField, LeadField[]>> = {
  surname: ["name"],
  telegram: ["phone"],
  email: ["phone", "telegram"],
};

type LeadInputProps = {
  form: LeadForm;
  rules: FormFields;
  field: LeadField;
  isLast: boolean;
  mark?: string;
  hint?: ReactNode;
  warning?: ReactNode;
  below?: ReactNode;
  /** Id of the datalist that completes it. */
  list?: string;
  onLeave?: (field: LeadField) => void;
};

export function LeadInput({
  form,
  rules,
  field,
  isLast,
  mark,
  hint,
  warning,
  below,
  list,
  onLeave,
}: LeadInputProps) {
  const t = useTranslations("lead");
  const toLabel = useMarkedLabel(rules);
  const toProblem = useProblem(rules);
  // It tells which fields are alternatives.
  const hasHint = t.has(`hints.${field}`) && !(field === "phone" && rules.alternatives.contact_missing);
  const { ref, ...registration } = form.register(field, {
    deps: deps[field],
    onBlur: () => onLeave?.(field),
  });

  return (
    <Field
      id={toInputId(field)}
      label={toLabel(field)}
      hint={hint ?? (hasHint ? t(`hints.${field}`) : undefined)}
      warning={warning}
      below={below}
      error={toProblem(form.formState.errors[field]?.message)}
      mark={mark}
      list={list}
      autoComplete="off"
      aria-required={rules.required.includes(field)}
      enterKeyHint={isLast ? "send" : "next"}
      {...(attributes[field] ?? plain)}
      {...registration}
      ref={toTakeOver(form, field, ref)}
    />
  );
}
