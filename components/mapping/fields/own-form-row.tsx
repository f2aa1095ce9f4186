"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useOwnLabel } from "@/components/lead/use-own-label";
import { CheckLines } from "@/components/mapping/check-lines";
import { CheckBox } from "@/components/ui/check-box";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import type { LeadField } from "@/lib/domain/lead/fields";
import { canBeHidden, changeOwnField, isOnForm, putOnForm } from "@/lib/domain/mapping/form-rules";
import { type Check, MAX_OWN_LABEL, type Mapping } from "@/lib/domain/mapping/schema";
import { Tool } from "./tool";

const languages = ["en", "ru"] as const;
const NO_LABEL = { en: "", ru: "" };

type OwnFormRowProps = {
  field: LeadField;
  mapping: Mapping;
  checks: readonly Check[];
  onChange: (toNext: (mapping: Mapping) => Mapping) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
};

/** One of our fields on the form: its place, its name, whether it is there and whether it is required. */
export function OwnFormRow({ field, mapping, checks, onChange, onUp, onDown }: OwnFormRowProps) {
  const t = useTranslations();
  const { label = NO_LABEL, isRequired = false } = mapping.ownFields[field] ?? {};
  const name = useOwnLabel({ [field]: label })(field);
  const standard = t(`lead.fields.${field}`);
  const isShown = isOnForm(field, mapping);
  const id = `mapping-form-${field}`;
  const facts = [
    name,
    name !== standard && standard,
    !isShown && t("mapping.ownForm.off"),
    isShown && isRequired && t("mapping.form.isRequired"),
  ];

  return (
    <li id={id} className="flex justify-between gap-2 border-b border-border px-4 py-1 last:border-b-0">
      <div className="min-w-0 grow">
        <Disclosure title={facts.filter(Boolean).join(" · ")}>
          {() => (
            <div className="grid gap-x-4 py-1 sm:grid-cols-2">
              {languages.map((language) => (
                <Field
                  key={language}
                  id={`${id}-label-${language}`}
                  label={t(`mapping.form.label.${language}`)}
                  lang={language}
                  maxLength={MAX_OWN_LABEL}
                  autoComplete="off"
                  value={label[language]}
                  onChange={({ target: { value } }) =>
                    onChange((before) =>
                      changeOwnField(before, field, { label: { ...label, [language]: value } }),
                    )
                  }
                />
              ))}
              <CheckBox
                id={`${id}-shown`}
                label={t("mapping.ownForm.shown")}
                note={canBeHidden(field) ? undefined : t("mapping.ownForm.always")}
                disabled={!canBeHidden(field)}
                checked={isShown}
                onChange={({ target: { checked } }) =>
                  onChange((before) => putOnForm(before, field, checked))
                }
              />
              {isShown && (
                <CheckBox
                  id={`${id}-required`}
                  label={t("mapping.form.required")}
                  checked={isRequired}
                  onChange={({ target: { checked } }) =>
                    onChange((before) => changeOwnField(before, field, { isRequired: checked }))
                  }
                />
              )}
            </div>
          )}
        </Disclosure>
        <CheckLines id={`${id}-checks`} checks={checks} />
      </div>
      <div className="flex">
        <Tool icon={ArrowUp} label={t("mapping.form.up", { name })} onPress={onUp} />
        <Tool icon={ArrowDown} label={t("mapping.form.down", { name })} onPress={onDown} />
      </div>
    </li>
  );
}
