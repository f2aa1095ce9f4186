"use client";

import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { CheckLines } from "@/components/mapping/check-lines";
import { CheckBox } from "@/components/ui/check-box";
import type { Field } from "@/lib/domain/mapping/catalogue";
import type { Check, MappableField, Suggestion, Target } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { FieldPicker } from "./field-picker";
import { OptionWords } from "./option-words";
import { SuggestionLine } from "./suggestion-line";

type FieldRowProps = {
  field: MappableField;
  target: Target | undefined;
  suggestion: Suggestion | undefined;
  checks: readonly Check[];
  fields: readonly Field[];
  words: Record<string, number> | undefined;
  onPick: (field: MappableField, target: Target | undefined) => void;
  onWords: (field: MappableField, words: Record<string, number>) => void;
  /** Whether the form asks for what Kommo does not get; undefined where the question does not arise. */
  isKept: boolean | undefined;
  onKeep: (field: MappableField, isKept: boolean) => void;
};

/** One of our fields: its target in Kommo, a suggestion, and its problems. */
export const FieldRow = memo(function FieldRow(props: FieldRowProps) {
  const { field, target, suggestion, checks, fields, words, onPick, onWords, isKept, onKeep } = props;
  const t = useTranslations();
  const name = t(`lead.fields.${field}`);
  const kommo = fields.find(({ id }) => id === target?.fieldId);
  const note = `mapping-${field}-note`;

  return (
    <li
      id={`mapping-${field}`}
      className="grid gap-x-4 gap-y-1 border-b border-border px-4 py-3 last:border-b-0 md:grid-cols-[8rem_minmax(0,1fr)]"
    >
      <div className="flex items-center justify-between gap-x-2 md:flex-col md:items-start md:justify-center md:self-start md:min-h-12">
        <p className="font-medium">{name}</p>
        {target && checks.length === 0 && (
          <p className="inline-flex items-center gap-1 text-12 text-good-ink">
            <CircleCheck aria-hidden className="size-3.5 shrink-0" />
            {t("mapping.fits")}
          </p>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex flex-col items-stretch gap-2 sm:flex-row">
          <div className="min-w-0 grow">
            <FieldPicker
              label={t("mapping.goesTo", { field: name })}
              fields={fields}
              target={target}
              placeholder={t("mapping.choose")}
              nowhere={t("mapping.nowhere")}
              describedBy={note}
              isWrong={checks.some(({ severity }) => severity === "error")}
              onPick={(picked) => onPick(field, picked && toTarget(picked))}
            />
          </div>
          {target && kommo?.type === "multitext" && (
            <select
              aria-label={t("mapping.enumOf", { field: name })}
              value={target.enumCode ?? ""}
              onChange={({ target: { value } }) => onPick(field, { ...target, enumCode: value || undefined })}
              className="min-h-11 shrink-0 cursor-pointer rounded-control border border-border-strong bg-surface px-2 text-16 hover:border-ink-faint sm:w-40 lg:min-h-10 lg:text-14"
            >
              <option value="">{t("mapping.enumOfKommo")}</option>
              {kommo.options.map((option) => (
                <option key={option.id} value={option.code ?? option.value}>
                  {option.value}
                </option>
              ))}
            </select>
          )}
        </div>
        {!target && suggestion ? (
          <SuggestionLine
            name={name}
            suggestion={suggestion}
            onAccept={() => onPick(field, suggestion.target)}
          />
        ) : (
          <CheckLines id={note} checks={checks} />
        )}
        {isKept !== undefined && (
          <CheckBox
            id={`mapping-${field}-kept`}
            label={t("mapping.keep")}
            checked={isKept}
            onChange={(event) => onKeep(field, event.target.checked)}
          />
        )}
        {target && kommo && kommo.options.length > 0 && kommo.type !== "multitext" && (
          <OptionWords
            name={name}
            options={kommo.options}
            words={words ?? {}}
            onChange={(next) => onWords(field, next)}
          />
        )}
      </div>
    </li>
  );
});
