"use client";

import { useLocale, useTranslations } from "next-intl";
import { type InputName, type LeadForm, toCustomName } from "@/components/entry/typed-lead";
import { CheckBox } from "@/components/ui/check-box";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { TextArea } from "@/components/ui/text-area";
import type { FormField, FormFields } from "@/lib/domain/mapping/schema";
import { ConsentBox } from "./consent-box";
import { toInputId } from "./inputs";
import { useProblem } from "./use-problem";
import { useForgetEmpty, useRemovedFields } from "./use-removed-fields";
import { useValue } from "./use-value";

type CustomFieldsProps = {
  form: LeadForm;
  rules: FormFields;
  fields: readonly FormField[];
  /** What a paste has chosen. */
  pasted: readonly InputName[];
};

/** The fields that the admin put on the form, each with the input that fits it. */
export function CustomFields({ form, rules, fields, pasted }: CustomFieldsProps) {
  return fields.map((field) => (
    <CustomInput
      key={field.key}
      form={form}
      rules={rules}
      field={field}
      isPasted={pasted.includes(toCustomName(field.key))}
      isUnsent={rules.unsent.includes(field.own?.field ?? field.key)}
    />
  ));
}

type FirstFieldsProps = { form: LeadForm; rules: FormFields; pasted: readonly InputName[] };

/** Required fields of the admin, which are always in sight; before them what was typed into fields that are no longer on the form, and after them the consent. */
export function FirstFields({ form, rules, pasted }: FirstFieldsProps) {
  const removed = useRemovedFields(form, rules.custom);
  const required = rules.custom.filter((field) => field.required && !field.own);
  return (
    <>
      <RemovedFields form={form} rules={rules} names={removed} />
      <CustomFields form={form} rules={rules} fields={required} pasted={pasted} />
      {rules.consent && <ConsentBox form={form} rules={rules} consent={rules.consent} />}
    </>
  );
}

type RemovedFieldsProps = { form: LeadForm; rules: FormFields; names: readonly string[] };

/** What was typed into fields that were removed from the form since: in sight until the person has moved it. */
function RemovedFields({ form, rules, names }: RemovedFieldsProps) {
  const t = useTranslations("mapping.onForm");
  const locale = useLocale() === "ru" ? "ru" : "en";
  return names.map((key) => {
    const former = rules.retired.find((field) => field.key === key);
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
    return <CustomInput key={key} form={form} rules={rules} field={field} isRemoved />;
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

type CustomInputProps = {
  form: LeadForm;
  rules: FormFields;
  field: FormField;
  isPasted?: boolean;
  isUnsent?: boolean;
  isRemoved?: boolean;
};

function CustomInput({ form, rules, field, isPasted, isUnsent, isRemoved }: CustomInputProps) {
  const t = useTranslations();
  const locale = useLocale() === "ru" ? "ru" : "en";
  const { key, kind, label, help, options, former, required } = field;
  const { name: path, onChange } = form.register(`custom.${key}`);
  const change = (value: string | string[]) =>
    void onChange({ type: "change", target: { name: path, value } });
  useForgetEmpty(form, key, isRemoved === true);
  const toProblem = useProblem(rules);
  const value = useValue(form, ({ custom }) => custom?.[key] ?? "");
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
    label: required ? t("lead.required", { label: name }) : name,
    hint: isUnsent ? t("lead.staysHere") : help[locale] || undefined,
    error:
      lost.length > 0
        ? t("mapping.onForm.chooseAgain")
        : toProblem(form.formState.errors.custom?.[key]?.message),
  };
  const mark = isPasted ? t("lead.pasted") : undefined;
  const typed = {
    value: text,
    onChange: (event: { target: { value: string } }) => change(event.target.value),
    "aria-required": required,
  };

  switch (kind) {
    case "textarea":
      return <TextArea {...shared} {...typed} className="sm:col-span-2" />;
    case "select":
      return (
        <SelectField {...shared} {...typed} mark={mark}>
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
            mark={mark}
            kind={kind === "radio" ? "one" : "several"}
            choices={choices}
            chosen={chosen}
            onChoose={(next) => change(kind === "radio" ? (next[0] ?? "") : next)}
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
            onChange={(event) => change(event.target.checked ? "true" : "")}
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
