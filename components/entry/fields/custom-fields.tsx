"use client";

import { useLocale, useTranslations } from "next-intl";
import { useController } from "react-hook-form";
import { type LeadForm, toCustomName } from "@/components/entry/typed-lead";
import { CheckBox } from "@/components/ui/check-box";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { TextArea } from "@/components/ui/text-area";
import type { FormField, FormFields } from "@/lib/domain/mapping/schema";
import { toInputId } from "./inputs";
import { useRemovedFields } from "./use-removed-fields";

/** The fields that the admin put on the form, each with the input that fits it. */
export function CustomFields({ form, fields }: { form: LeadForm; fields: readonly FormField[] }) {
  return fields.map((field) => <CustomInput key={field.key} form={form} field={field} />);
}

type FirstFieldsProps = { form: LeadForm; rules: FormFields };

/** Required fields, which are always in sight; before them what was typed into fields that are no longer on the form. */
export function FirstFields({ form, rules: { custom, retired } }: FirstFieldsProps) {
  const removed = useRemovedFields(form, custom);
  const required = custom.filter((field) => field.required);
  return (
    <>
      <RemovedFields form={form} names={removed} retired={retired} />
      <CustomFields form={form} fields={required} />
    </>
  );
}

type RemovedFieldsProps = { form: LeadForm; names: readonly string[]; retired: readonly FormField[] };

/** What was typed into fields that were removed from the form since: in sight until the person has moved it. */
function RemovedFields({ form, names, retired }: RemovedFieldsProps) {
  const t = useTranslations("mapping.onForm");
  const locale = useLocale() === "ru" ? "ru" : "en";
  return names.map((key) => {
    const former = retired.find((field) => field.key === key);
    const name = former && (former.label[locale] || former.label.en || former.label.ru);
    const words = name ? t("goneOf", { name }) : t("gone");
    const field: FormField = {
      key,
      options: former?.options ?? [],
      former: former?.former ?? [],
      label: { en: words, ru: words },
      help: { en: "", ru: "" },
      kind: "text",
      required: false,
    };
    return <CustomInput key={key} form={form} field={field} isRemoved />;
  });
}

const types = { text: "text", number: "text", url: "url", date: "date", datetime: "datetime-local" } as const;
const keyboards = {
  text: "text",
  number: "decimal",
  url: "url",
  date: undefined,
  datetime: undefined,
} as const;

type CustomInputProps = { form: LeadForm; field: FormField; isRemoved?: boolean };

function CustomInput({ form, field, isRemoved = false }: CustomInputProps) {
  const t = useTranslations();
  const locale = useLocale() === "ru" ? "ru" : "en";
  const { key, kind, label, help, options, former, required } = field;
  const { field: input, fieldState } = useController({
    control: form.control,
    name: `custom.${key}`,
    // Once it is empty, the next lead does not have it.
    shouldUnregister: isRemoved,
  });
  const problem = fieldState.error?.message;
  const value = input.value ?? "";
  const chosen = Array.isArray(value) ? value : value === "" ? [] : [value];
  const toWords = (id: string) =>
    [...options, ...former].find((option) => String(option.id) === id)?.value ?? id;
  const words = isRemoved ? chosen.map(toWords) : chosen;
  const text = kind === "text" || !Array.isArray(value) ? words.join(", ") : "";
  const offered = options.map((option) => ({ value: String(option.id), label: option.value }));
  // It was chosen before it was deleted in Kommo: it stays in sight until another is chosen.
  const lost = isList(kind) ? chosen.filter((id) => !offered.some((choice) => choice.value === id)) : [];
  const choices = [
    ...offered,
    ...lost.map((id) => ({ value: id, label: t("mapping.onForm.former", { name: toWords(id) }) })),
  ];
  const name = label[locale] || label.en || label.ru;
  const shared = {
    id: toInputId(toCustomName(key)),
    label: required ? t("mapping.onForm.required", { label: name }) : name,
    hint: help[locale] || undefined,
    error:
      lost.length > 0
        ? t("mapping.onForm.chooseAgain")
        : problem &&
          t(t.has(`lead.problems.${problem}`) ? `lead.problems.${problem}` : "lead.problems.other"),
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
            <option key={choice.value} value={choice.value} disabled={lost.includes(choice.value)}>
              {choice.label}
            </option>
          ))}
        </SelectField>
      );
    case "radio":
    case "multiselect":
      return (
        <div className="sm:col-span-2">
          <ChoiceGroup
            {...shared}
            kind={kind === "radio" ? "one" : "several"}
            choices={choices}
            chosen={chosen}
            onChoose={(next) => input.onChange(kind === "radio" ? (next[0] ?? "") : next)}
          />
        </div>
      );
    case "checkbox":
      return (
        <div className="sm:col-span-2">
          <CheckBox
            id={shared.id}
            label={shared.label}
            note={shared.error ?? shared.hint}
            isWrong={shared.error !== undefined}
            checked={text === "true"}
            onChange={(event) => input.onChange(event.target.checked ? "true" : "")}
          />
        </div>
      );
    default:
      return (
        <Field {...shared} {...typed} type={types[kind]} inputMode={keyboards[kind]} autoComplete="off" />
      );
  }
}

function isList(kind: FormField["kind"]): boolean {
  return kind === "select" || kind === "radio" || kind === "multiselect";
}
