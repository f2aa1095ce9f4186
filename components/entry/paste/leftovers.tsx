"use client";

import { useLocale, useTranslations } from "next-intl";
import type { Dispatch, EntryState } from "@/components/entry/entry-state";
import { type InputName, type LeadForm, toCustomName } from "@/components/entry/typed-lead";
import { NoteButton } from "@/components/ui/note-button";
import { leadFields } from "@/lib/domain/lead/fields";
import type { FormField } from "@/lib/domain/mapping/schema";

type Target = { name: InputName; label: string };
type LeftoversProps = { form: LeadForm; state: EntryState; dispatch: Dispatch };

/** Each goes into a field that the person chooses, or away. */
export function Leftovers({ form: { getValues, setValue }, state, dispatch }: LeftoversProps) {
  const t = useTranslations("entry.paste");
  const { leftovers, rules } = state;
  const targets = useTargets(rules.custom);
  if (leftovers.length === 0) return null;

  const drop = (leftover: string) =>
    setValue(
      "leftovers",
      leftovers.filter((other) => other !== leftover),
    );
  const put = (leftover: string, name: InputName) => {
    setValue(name, [getValues(name), leftover].filter(Boolean).join(" "));
    drop(leftover);
    dispatch({ type: "leftover_used", name });
  };
  return (
    <ul aria-label={t("leftovers")} className="mt-2 flex flex-col gap-1">
      {leftovers.map((leftover) => (
        <Leftover key={leftover} leftover={leftover} targets={targets} onPut={put} onDrop={drop} />
      ))}
    </ul>
  );
}

/** Every field that takes words as they are. */
function useTargets(custom: readonly FormField[]): Target[] {
  const t = useTranslations("lead.fields");
  const locale = useLocale() === "ru" ? "ru" : "en";
  const typed = custom.filter(({ kind }) => ["text", "textarea", "number", "url"].includes(kind));
  return [
    ...leadFields.map((field) => ({ name: field, label: t(field) })),
    ...typed.map(({ key, label }) => ({
      name: toCustomName(key),
      label: label[locale] || label.en || label.ru,
    })),
  ];
}

type LeftoverProps = {
  leftover: string;
  targets: readonly Target[];
  onPut: (leftover: string, name: InputName) => void;
  onDrop: (leftover: string) => void;
};

function Leftover({ leftover, targets, onPut, onDrop }: LeftoverProps) {
  const t = useTranslations("entry.paste");
  return (
    <li className="flex flex-wrap items-center gap-x-3">
      <span translate="no" className="min-w-0 font-medium wrap-anywhere">
        «{leftover}»
      </span>
      <select
        aria-label={t("put", { piece: leftover })}
        value=""
        onChange={(event) => {
          const target = targets.find(({ name }) => name === event.target.value);
          if (target) onPut(leftover, target.name);
        }}
        className="min-h-8 cursor-pointer rounded-control border border-border-strong bg-surface px-2 text-13 text-ink pointer-coarse:min-h-11"
      >
        <option value="">{t("putInto")}</option>
        {targets.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      <NoteButton onClick={() => onDrop(leftover)}>{t("ignore")}</NoteButton>
    </li>
  );
}
