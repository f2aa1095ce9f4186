"use client";

import { useLocale, useTranslations } from "next-intl";
import { useController } from "react-hook-form";
import { CheckBox } from "@/components/ui/check-box";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { TextArea } from "@/components/ui/text-area";
import type { FormField, FormFields } from "@/lib/domain/mapping/schema";
import { type LeadForm, toCustomName } from "./lead-input";
import { useGone } from "./use-gone";

/** The fields that the admin put on the form, each with the input that fits it. */
export function CustomFields({ form, fields }: { form: LeadForm; fields: readonly FormField[] }) {
  return fields.map((field) => <CustomInput key={field.key} form={form} field={field} />);
}

type FirstFieldsProps = { form: LeadForm; rules: FormFields };

/** Those that have to be filled stand in sight; before them what was typed into fields that are no longer there. */
export function FirstFields({ form, rules: { custom, retired } }: FirstFieldsProps) {
  const gone = useGone(form, custom);
  const required = custom.filter((field) => field.required);
  return (
    <>
      <GoneFields form={form} names={gone} retired={retired} />
      <CustomFields form={form} fields={required} />
    </>
  );
}

type GoneFieldsProps = { form: LeadForm; names: readonly string[]; retired: readonly FormField[] };

/** What was typed into fields that were taken off the form since: in sight, until the person has put it elsewhere. */
function GoneFields({ form, names, retired }: GoneFieldsProps) {
  const t = useTranslations("mapping.onForm");
  const locale = useLocale() === "ru" ? "ru" : "en";
  return names.map((key) => {
    const once = retired.find((field) => field.key === key);
    const name = once && (once.label[locale] || once.label.en || once.label.ru);
    const words = name ? t("goneOf", { name }) : t("gone");
    const { options = [], former = [] } = once ?? {};
    const known = { key, options, former, label: { en: words, ru: words }, help: { en: "", ru: "" } };
    return <CustomInput key={key} form={form} field={{ ...known, kind: "text", required: false }} isGone />;
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

type CustomInputProps = { form: LeadForm; field: FormField; isGone?: boolean };

function CustomInput({ form, field, isGone = false }: CustomInputProps) {
  const t = useTranslations();
  const locale = useLocale() === "ru" ? "ru" : "en";
  const { key, kind, label, help, options, former, required } = field;
  const { field: input, fieldState } = useController({
    control: form.control,
    name: `custom.${key}`,
    // Once it is empty and away, the next lead knows nothing of it.
    shouldUnregister: isGone,
  });
  const problem = fieldState.error?.message;
  const value = input.value ?? "";
  const chosen = Array.isArray(value) ? value : value === "" ? [] : [value];
  const toWords = (id: string) =>
    [...options, ...former].find((option) => String(option.id) === id)?.value ?? id;
  const words = isGone ? chosen.map(toWords) : chosen;
  const text = kind === "text" || !Array.isArray(value) ? words.join(", ") : "";
  const known = options.map((option) => ({ value: String(option.id), label: option.value }));
  // It was chosen before it was deleted in Kommo: it stays in sight until another is chosen.
  const lost = isList(kind) ? chosen.filter((id) => !known.some((choice) => choice.value === id)) : [];
  const choices = [
    ...known,
    ...lost.map((id) => ({ value: id, label: t("mapping.onForm.former", { name: toWords(id) }) })),
  ];
  const name = label[locale] || label.en || label.ru;
  const shared = {
    id: `lead-${toCustomName(key)}`,
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
