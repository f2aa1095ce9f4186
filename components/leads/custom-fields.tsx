"use client";

import { useLocale, useTranslations } from "next-intl";
import { useController } from "react-hook-form";
import { CheckBox } from "@/components/ui/check-box";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { TextArea } from "@/components/ui/text-area";
import type { FormFields } from "@/lib/mapping/schema";
import { type LeadForm, toCustomName } from "./lead-input";

type CustomField = FormFields["custom"][number];

/** The fields that the admin put on the form, each with the input that fits it. */
export function CustomFields({ form, fields }: { form: LeadForm; fields: readonly CustomField[] }) {
  return fields.map((field) => <CustomInput key={field.key} form={form} field={field} />);
}

/** What was typed into fields that were taken off the form since: in sight, until the person has put it elsewhere. */
export function GoneFields({ form, names }: { form: LeadForm; names: readonly string[] }) {
  const t = useTranslations("mapping.onForm");
  const label = { en: t("gone"), ru: t("gone") };
  const field = { kind: "text", options: [], label, help: { en: "", ru: "" }, required: false } as const;
  return names.map((key) => (
    <CustomInput key={key} form={form} field={{ ...field, key, options: [] }} isGone />
  ));
}

const types = { text: "text", number: "text", url: "url", date: "date", datetime: "datetime-local" } as const;
const keyboards = {
  text: "text",
  number: "decimal",
  url: "url",
  date: undefined,
  datetime: undefined,
} as const;

type CustomInputProps = { form: LeadForm; field: CustomField; isGone?: boolean };

function CustomInput({ form, field, isGone = false }: CustomInputProps) {
  const t = useTranslations();
  const locale = useLocale() === "ru" ? "ru" : "en";
  const { key, kind, label, help, options, required } = field;
  const { field: input, fieldState } = useController({
    control: form.control,
    name: `custom.${key}`,
    // Once it is empty and away, the next lead knows nothing of it.
    shouldUnregister: isGone,
  });
  const problem = fieldState.error?.message;
  const value = input.value ?? "";
  const text = Array.isArray(value) ? (kind === "text" ? value.join(", ") : "") : value;
  const chosen = Array.isArray(value) ? value : value === "" ? [] : [value];
  const choices = options.map((option) => ({ value: String(option.id), label: option.value }));
  const name = label[locale] || label.en || label.ru;
  const shared = {
    id: `lead-${toCustomName(key)}`,
    label: required ? t("mapping.onForm.required", { label: name }) : name,
    hint: help[locale] || undefined,
    error:
      problem && t(t.has(`lead.problems.${problem}`) ? `lead.problems.${problem}` : "lead.problems.other"),
  };
  const typed = {
    value: text,
    ref: input.ref,
    onBlur: input.onBlur,
    onChange: (event: { target: { value: string } }) => input.onChange(event.target.value),
    "aria-required": required,
  };

  switch (kind) {
    case "textarea":
      return <TextArea {...shared} {...typed} className="sm:col-span-2" />;
    case "select":
      return (
        <SelectField {...shared} {...typed}>
          <option value="">{t("mapping.onForm.none")}</option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </SelectField>
      );
    case "radio":
    case "multiselect":
      return (
        <ChoiceGroup
          {...shared}
          kind={kind === "radio" ? "one" : "several"}
          choices={choices}
          chosen={chosen}
          onChoose={(next) => input.onChange(kind === "radio" ? (next[0] ?? "") : next)}
        />
      );
    case "checkbox":
      return (
        <CheckBox
          id={shared.id}
          label={shared.label}
          note={shared.error ?? shared.hint}
          isWrong={shared.error !== undefined}
          checked={text === "true"}
          onChange={(event) => input.onChange(event.target.checked ? "true" : "")}
        />
      );
    default:
      return (
        <Field {...shared} {...typed} type={types[kind]} inputMode={keyboards[kind]} autoComplete="off" />
      );
  }
}
