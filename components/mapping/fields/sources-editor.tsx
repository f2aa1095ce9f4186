"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { CheckLines } from "@/components/mapping/check-lines";
import { Button } from "@/components/ui/button";
import { CheckBox } from "@/components/ui/check-box";
import { Field } from "@/components/ui/field";
import type { Check, Mapping, Source } from "@/lib/domain/mapping/schema";
import { ListField } from "./list-field";

type SourcesEditorProps = {
  mapping: Mapping;
  checks: readonly Check[];
  onChange: (toNext: (mapping: Mapping) => Mapping) => void;
};

/** The sources that sellers choose, the value that Kommo receives for each, and its aliases. */
export function SourcesEditor({ mapping, checks, onChange }: SourcesEditorProps) {
  const t = useTranslations("mapping.sources");
  const id = useId();
  const set = (toNext: (sources: Source[]) => Source[]) =>
    onChange((before) => ({ ...before, sources: toNext(before.sources) }));
  const edit = (index: number, change: Partial<Source>) =>
    set((before) => before.map((source, at) => (at === index ? { ...source, ...change } : source)));

  return (
    <section
      id="mapping-sources"
      aria-labelledby={`${id}-title`}
      className="rounded-panel border border-border bg-surface p-4"
    >
      <h3 id={`${id}-title`} className="font-semibold">
        {t("title")}
      </h3>
      <p className="mt-1 text-13 text-ink-muted">{t("hint")}</p>
      <ul className="mt-3">
        {mapping.sources.map((source, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a source has no id, and its name changes while it is typed.
            key={index}
            className="grid items-start gap-x-3 border-t border-border pt-3 sm:grid-cols-[1fr_1fr_1fr_auto]"
          >
            <Field
              id={`${id}-name-${index}`}
              label={t("name")}
              value={source.name}
              onChange={({ target: { value } }) => edit(index, { name: value })}
            />
            <Field
              id={`${id}-value-${index}`}
              label={t("value")}
              value={source.value}
              onChange={({ target: { value } }) => edit(index, { value })}
            />
            <ListField
              id={`${id}-aliases-${index}`}
              label={t("aliases")}
              hint={t("aliasesHint")}
              values={source.aliases}
              onChange={(aliases) => edit(index, { aliases })}
            />
            <button
              type="button"
              aria-label={t("remove", { name: source.name })}
              onClick={() => set((before) => before.filter((_, at) => at !== index))}
              className="inline-flex size-11 cursor-pointer items-center justify-center rounded-control text-ink-muted hover:bg-sunken hover:text-ink sm:mt-6 lg:size-10"
            >
              <Trash2 aria-hidden className="size-4" />
            </button>
          </li>
        ))}
      </ul>
      <CheckLines id={`${id}-checks`} checks={checks} />
      <Button
        look="secondary"
        size="small"
        onClick={() => set((before) => [...before, { name: "", value: "", aliases: [] }])}
      >
        <Plus aria-hidden className="size-4" />
        {t("add")}
      </Button>
      <CheckBox
        id={`${id}-free`}
        label={t("free")}
        checked={mapping.isFreeSource}
        onChange={({ target: { checked } }) => onChange((before) => ({ ...before, isFreeSource: checked }))}
      />
    </section>
  );
}
