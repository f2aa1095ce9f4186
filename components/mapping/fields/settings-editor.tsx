"use client";

import { getCountries } from "libphonenumber-js/min";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useId } from "react";
import { useCheckWords } from "@/components/mapping/use-check-words";
import { Field } from "@/components/ui/field";
import { Pick } from "@/components/ui/pick";
import { SelectField } from "@/components/ui/select-field";
import { extensionForms } from "@/lib/domain/lead/phone-extension";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { isFit } from "@/lib/domain/mapping/field-names";
import { type Check, CONSENT_TYPES, type Mapping, type Suggestion } from "@/lib/domain/mapping/schema";
import { LeadTextPicker } from "./lead-text-picker";
import { ListField } from "./list-field";
import { SuggestionLine } from "./suggestion-line";

const MAX_HOLD_SECONDS = 3600;
// Fields of these types accept any text of any length.
const FALLBACK_TYPES = ["text", "textarea"];

type SettingsEditorProps = {
  catalogue: Catalogue;
  mapping: Mapping;
  checks: readonly Check[];
  suggestions: readonly Suggestion[];
  onChange: (toNext: (mapping: Mapping) => Mapping) => void;
};

/** Where leads arrive, how they are named, and the rules of the form. */
export function SettingsEditor({ suggestions, onChange, ...shared }: SettingsEditorProps) {
  const t = useTranslations("mapping.settings");
  const id = useId();
  const toWords = useCheckWords();
  const { catalogue, mapping, checks } = shared;
  const suggested = suggestions.find(({ field }) => field === "reference");
  const errorOf = (place: string) => {
    const check = checks.find((known) => known.place === place && known.severity === "error");
    return check && toWords(check);
  };
  const set = (change: Partial<Mapping>) => onChange((before) => ({ ...before, ...change }));
  const text = (place: "leadName" | "sourceName" | "formId" | "formName") => ({
    id: `mapping-${place}`,
    label: t(place),
    hint: t(`hints.${place}`),
    error: errorOf(place),
    autoComplete: "off",
    value: mapping[place],
    onChange: ({ target: { value } }: { target: { value: string } }) => set({ [place]: value }),
  });

  return (
    <section
      id="settings"
      aria-labelledby={`${id}-title`}
      className="rounded-panel border border-border bg-surface p-4"
    >
      <h3 id={`${id}-title`} className="font-semibold">
        {t("title")}
      </h3>
      <div className="mt-3 grid gap-x-4 gap-y-(--row-gap) sm:grid-cols-2 sm:[--note:2rem]">
        <PipelineField catalogue={catalogue} mapping={mapping} error={errorOf("pipeline")} onChange={set} />
        <Field {...text("leadName")} />
        <ListField
          id={`${id}-tags`}
          label={t("tags")}
          hint={t("hints.tags")}
          values={mapping.tags}
          onChange={(tags) => set({ tags })}
        />
        <LeadTextPicker
          {...shared}
          place="parkIn"
          isFit={({ type }) => FALLBACK_TYPES.includes(type)}
          onPick={(parkIn) => set({ parkIn })}
        />
        <LeadTextPicker
          {...shared}
          place="reference"
          isFit={({ type }) => isFit("reference", type)}
          onPick={(reference) => set({ reference })}
        >
          {suggested && !mapping.reference && (
            <SuggestionLine
              name={t("reference")}
              suggestion={suggested}
              onAccept={() => set({ reference: suggested.target })}
            />
          )}
        </LeadTextPicker>
        <LeadTextPicker
          {...shared}
          place="consent"
          isFit={({ type }) => CONSENT_TYPES.includes(type)}
          onPick={(consent) => set({ consent })}
        />
        <CountryField value={mapping.defaultCountry} onChange={(defaultCountry) => set({ defaultCountry })} />
        <SelectField
          id={`${id}-extension`}
          label={t("extensionForm")}
          hint={t("hints.extensionForm")}
          value={mapping.extensionForm}
          onChange={({ target: { value } }) => {
            const chosen = extensionForms.find((form) => form === value);
            if (chosen) set({ extensionForm: chosen });
          }}
        >
          {extensionForms.map((form) => (
            <option key={form} value={form}>
              {t(`extensionForms.${form}`)}
            </option>
          ))}
        </SelectField>
        <Field
          id={`${id}-hold`}
          type="number"
          min={0}
          max={MAX_HOLD_SECONDS}
          label={t("holdSeconds")}
          hint={t("hints.holdSeconds")}
          value={mapping.holdSeconds}
          onChange={({ target: { valueAsNumber } }) => set({ holdSeconds: toSeconds(valueAsNumber) })}
        />
        <Field {...text("formName")} />
        <Field {...text("formId")} />
        <Field {...text("sourceName")} />
        <Field
          id="mapping-formPage"
          label={t("formPage")}
          hint={t("hints.formPage")}
          error={errorOf("formPage")}
          autoComplete="off"
          value={mapping.formPage ?? ""}
          onChange={({ target: { value } }) => set({ formPage: value || null })}
        />
      </div>
    </section>
  );
}

function toSeconds(typed: number): number {
  return Number.isNaN(typed) ? 0 : Math.min(MAX_HOLD_SECONDS, Math.max(0, Math.round(typed)));
}

type PipelineFieldProps = {
  catalogue: Catalogue;
  mapping: Mapping;
  error: string | undefined;
  onChange: (change: Partial<Mapping>) => void;
};

function PipelineField({ catalogue, mapping, error, onChange }: PipelineFieldProps) {
  const t = useTranslations("mapping.settings");
  const { pipelines } = catalogue;
  const isKnown = pipelines.some(({ id }) => id === mapping.pipelineId);
  return (
    <SelectField
      id="mapping-pipeline"
      label={t("pipeline")}
      hint={t("hints.pipeline")}
      error={error}
      value={mapping.pipelineId}
      onChange={({ target: { value } }) => {
        const chosen = pipelines.find(({ id }) => id === Number(value));
        if (chosen) onChange({ pipelineId: chosen.id, pipelineName: chosen.name });
      }}
    >
      {!isKnown && (
        <option value={mapping.pipelineId}>{t("pipelineGone", { id: String(mapping.pipelineId) })}</option>
      )}
      {pipelines.map(({ id, name, isArchived, takesIncoming }) => (
        <option key={id} value={id} disabled={isArchived || !takesIncoming}>
          {isArchived || !takesIncoming ? t(isArchived ? "archived" : "noIncoming", { name }) : name}
        </option>
      ))}
    </SelectField>
  );
}

function CountryField({ value, onChange }: { value: string; onChange: (country: string) => void }) {
  const t = useTranslations("mapping.settings");
  const locale = useLocale();
  const toItem = useCallback(
    (country: string) => {
      const names = new Intl.DisplayNames(locale, { type: "region" });
      return { value: country, label: `${names.of(country) ?? country} · ${country}` };
    },
    [locale],
  );
  const toItems = useCallback(() => {
    const items = getCountries().map(toItem);
    return items.sort((one, other) => one.label.localeCompare(other.label, locale));
  }, [locale, toItem]);

  return (
    <div>
      <Pick
        label={t("defaultCountry")}
        isLabelShown
        toItems={toItems}
        chosen={toItem(value)}
        placeholder={value}
        onPick={onChange}
      />
      <p className="mt-1 min-h-(--note) text-12 text-ink-faint">{t("hints.defaultCountry")}</p>
    </div>
  );
}
