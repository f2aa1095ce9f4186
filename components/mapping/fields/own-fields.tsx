"use client";

import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { Button } from "@/components/ui/button";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { canBeKept, isOnForm, putOnForm } from "@/lib/domain/mapping/form-rules";
import { matchOptions } from "@/lib/domain/mapping/match-options";
import {
  type Check,
  contactFields,
  type MappableField,
  type Mapping,
  mappableFields,
  type Suggestion,
  type Target,
} from "@/lib/domain/mapping/schema";
import { FieldRow } from "./field-row";

type OwnFieldsProps = {
  catalogue: Catalogue;
  mapping: Mapping;
  suggestions: readonly Suggestion[];
  checks: readonly Check[];
  onChange: (toNext: (mapping: Mapping) => Mapping) => void;
};

const none: readonly Check[] = [];

/** Our fields and their targets in Kommo. */
export function OwnFields({ catalogue, mapping, suggestions, checks, onChange }: OwnFieldsProps) {
  const t = useTranslations("mapping.own");
  const byEntity = useMemo(
    () => ({
      contacts: catalogue.fields.filter(({ entity, isComputed }) => entity === "contacts" && !isComputed),
      leads: catalogue.fields.filter(({ entity, isComputed }) => entity === "leads" && !isComputed),
    }),
    [catalogue],
  );
  const open = suggestions
    .filter(isOwn)
    .filter(({ field, target }) => !mapping.fields[field] && !isUsed(mapping, target));
  const exact = open.filter(({ kind }) => kind === "code");
  const count = mappableFields.filter((field) => mapping.fields[field]).length;

  const pick = useCallback(
    (field: MappableField, target: Target | undefined) =>
      onChange((before) => withTargets(before, [[field, target]])),
    [onChange],
  );
  const setWords = useCallback(
    (field: MappableField, words: Record<string, number>) =>
      onChange((before) => ({ ...before, optionsOf: { ...before.optionsOf, [field]: words } })),
    [onChange],
  );
  const keep = useCallback(
    (field: MappableField, isKept: boolean) =>
      onChange((before) =>
        isKept
          ? putOnForm(before, field, true)
          : { ...before, keptOnForm: before.keptOnForm.filter((kept) => kept !== field) },
      ),
    [onChange],
  );
  const acceptExact = () =>
    onChange((before) =>
      withTargets(
        before,
        exact.map(({ field, target }) => [field, target]),
      ),
    );

  return (
    <section aria-labelledby="own-fields" className="rounded-panel border border-border bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-border px-4 py-2">
        <div className="min-w-0 py-1">
          <h3 id="own-fields" className="font-semibold">
            {t("title")}
          </h3>
          <p className="text-13 text-ink-muted">{t("count", { count, total: mappableFields.length })}</p>
        </div>
        {exact.length > 0 && (
          <Button look="secondary" size="small" onClick={acceptExact}>
            {t("acceptSure", { count: exact.length })}
          </Button>
        )}
      </div>
      <ul>
        {mappableFields.map((field) => (
          <FieldRow
            key={field}
            field={field}
            target={mapping.fields[field]}
            suggestion={open.find((suggestion) => suggestion.field === field)}
            checks={checksOf(checks, field)}
            fields={byEntity[contactFields.includes(field) ? "contacts" : "leads"]}
            words={mapping.optionsOf[field]}
            onPick={pick}
            onWords={setWords}
            isKept={canBeKept(field, mapping) ? isOnForm(field, mapping) : undefined}
            onKeep={keep}
          />
        ))}
      </ul>
    </section>
  );
}

function checksOf(checks: readonly Check[], field: MappableField): readonly Check[] {
  const own = checks.filter(({ place }) => place === field);
  return own.length > 0 ? own : none;
}

/** A target that is a list starts with its own options matched. */
function withTargets(mapping: Mapping, targets: [MappableField, Target | undefined][]): Mapping {
  const fields = { ...mapping.fields };
  const optionsOf = { ...mapping.optionsOf };
  for (const [field, target] of targets) {
    if (target) fields[field] = target;
    else delete fields[field];
    if (target?.options) optionsOf[field] = matchOptions(target);
    else delete optionsOf[field];
  }
  return { ...mapping, fields, optionsOf };
}

function isOwn(suggestion: Suggestion): suggestion is Suggestion & { field: MappableField } {
  return suggestion.field !== "reference";
}

function isUsed(
  { fields, custom, parkIn, reference, consent }: Mapping,
  { entity, fieldId }: Target,
): boolean {
  const texts = [parkIn, reference, consent];
  const targets = [...Object.values(fields), ...custom.map(({ target }) => target), ...texts];
  return targets.some((target) => target?.entity === entity && target.fieldId === fieldId);
}
