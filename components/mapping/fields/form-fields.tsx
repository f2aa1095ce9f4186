"use client";

import { useTranslations } from "next-intl";
import type { Catalogue, Field } from "@/lib/domain/mapping/catalogue";
import { type Check, type CustomField, type Mapping, toInputKind } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { CustomFieldEditor } from "./custom-field-editor";
import { FieldPicker } from "./field-picker";

type FormFieldsProps = {
  catalogue: Catalogue;
  mapping: Mapping;
  checks: readonly Check[];
  onChange: (toNext: (mapping: Mapping) => Mapping) => void;
};

/** The custom fields on the sellers' form. */
export function FormFields({ catalogue, mapping, checks, onChange }: FormFieldsProps) {
  const t = useTranslations("mapping.form");
  const { custom } = mapping;
  const setCustom = (toNext: (custom: CustomField[]) => CustomField[]) =>
    onChange((before) => ({ ...before, custom: toNext(before.custom) }));

  const add = (field: Field | undefined) => {
    if (!field) return;
    const target = toTarget(field);
    const key = `${target.entity}:${target.fieldId}`;
    const label = { en: field.name, ru: field.name };
    setCustom((before) =>
      before.some((known) => known.key === key)
        ? before
        : [...before, { key, target, label, help: { en: "", ru: "" }, required: false }],
    );
  };

  return (
    <section aria-labelledby="form-fields" className="rounded-panel border border-border bg-surface">
      <div className="border-b border-border px-4 py-3">
        <h3 id="form-fields" className="font-semibold">
          {t("title")}
        </h3>
        <p className="mt-1 text-13 text-ink-muted">{t("hint")}</p>
      </div>
      <ol>
        {custom.map((field, index) => (
          <CustomFieldEditor
            key={field.key}
            field={field}
            checks={checks.filter(({ place }) => place === field.key)}
            onChange={(changed) =>
              setCustom((before) => before.map((known) => (known.key === changed.key ? changed : known)))
            }
            onUp={index === 0 ? undefined : () => setCustom((before) => swap(before, index - 1))}
            onDown={
              index === custom.length - 1 ? undefined : () => setCustom((before) => swap(before, index))
            }
            onRemove={() => setCustom((before) => before.filter(({ key }) => key !== field.key))}
          />
        ))}
      </ol>
      <div className="px-4 py-3">
        <FieldPicker
          label={t("add")}
          isLabelShown
          fields={toFree(catalogue, mapping)}
          target={null}
          placeholder={t("addPlaceholder")}
          onPick={add}
        />
      </div>
    </section>
  );
}

/** Fields that a person can fill in and that are not a target yet. */
function toFree({ fields }: Catalogue, mapping: Mapping): Field[] {
  const targets = [...Object.values(mapping.fields), ...mapping.custom.map(({ target }) => target)];
  const taken = new Set(targets.map(({ entity, fieldId }) => `${entity}:${fieldId}`));
  return fields.filter(
    ({ entity, id, type, isComputed }) =>
      entity !== "companies" && !isComputed && toInputKind(type) && !taken.has(`${entity}:${id}`),
  );
}

function swap<T>(items: readonly T[], index: number): T[] {
  return [...items.slice(0, index), ...items.slice(index, index + 2).reverse(), ...items.slice(index + 2)];
}
