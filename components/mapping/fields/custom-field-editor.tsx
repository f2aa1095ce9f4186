"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import { useTypeName } from "@/components/catalogue/use-type-name";
import { CheckLines } from "@/components/mapping/check-lines";
import { CheckBox } from "@/components/ui/check-box";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import type { Check, CustomField } from "@/lib/domain/mapping/schema";
import { Tool } from "./tool";

const languages = ["en", "ru"] as const;

type CustomFieldEditorProps = {
  field: CustomField;
  checks: readonly Check[];
  onChange: (field: CustomField) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
};

/** One custom field of the form: its label, whether it is required, and its position. */
export function CustomFieldEditor({
  field,
  checks,
  onChange,
  onUp,
  onDown,
  onRemove,
}: CustomFieldEditorProps) {
  const t = useTranslations("mapping");
  const id = useId();
  const locale = useLocale() === "ru" ? "ru" : "en";
  const toTypeName = useTypeName();
  const { target, label, help } = field;
  const name = label[locale] || target.name || field.key;
  const facts = [
    t(`entities.${target.entity}`),
    target.name,
    target.type && toTypeName(target.type),
    target.fieldId,
    target.options && t("form.options", { count: target.options.length }),
    field.required && t("form.isRequired"),
  ];

  return (
    <li id={`mapping-${field.key}`} className="border-b border-border px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="min-w-0 grow basis-48">
          <p className="font-medium break-words">{name}</p>
          <p className="text-12 text-ink-muted tabular-nums">{facts.filter(Boolean).join(" · ")}</p>
        </div>
        <div className="flex gap-1">
          <Tool icon={ArrowUp} label={t("form.up", { name })} onPress={onUp} />
          <Tool icon={ArrowDown} label={t("form.down", { name })} onPress={onDown} />
          <Tool icon={Trash2} label={t("form.remove", { name })} onPress={onRemove} />
        </div>
      </div>
      <CheckLines id={`${id}-checks`} checks={checks} />
      <Disclosure title={t("form.edit")}>
        {() => (
          <div className="grid gap-x-4 sm:grid-cols-2">
            {languages.map((language) => (
              <Field
                key={language}
                id={`${id}-label-${language}`}
                label={t(`form.label.${language}`)}
                lang={language}
                maxLength={120}
                value={label[language]}
                onChange={({ target: { value } }) =>
                  onChange({ ...field, label: { ...label, [language]: value } })
                }
              />
            ))}
            {languages.map((language) => (
              <Field
                key={language}
                id={`${id}-help-${language}`}
                label={t(`form.help.${language}`)}
                lang={language}
                maxLength={120}
                value={help[language]}
                onChange={({ target: { value } }) =>
                  onChange({ ...field, help: { ...help, [language]: value } })
                }
              />
            ))}
            <CheckBox
              id={`${id}-required`}
              label={t("form.required")}
              checked={field.required}
              onChange={({ target: { checked } }) => onChange({ ...field, required: checked })}
            />
          </div>
        )}
      </Disclosure>
    </li>
  );
}
