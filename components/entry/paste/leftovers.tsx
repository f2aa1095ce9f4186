"use client";

import { useTranslations } from "next-intl";
import type { Dispatch, EntryState } from "@/components/entry/entry-state";
import { useInputLabel } from "@/components/entry/fields/use-input-label";
import { type InputName, type LeadForm, toCustomName } from "@/components/entry/typed-lead";
import { NoteButton } from "@/components/ui/note-button";
import { leadFields } from "@/lib/domain/lead/fields";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { placeLeftover } from "./place-leftovers";

type Target = { name: InputName; label: string };
type LeftoversProps = {
  form: LeadForm;
  state: EntryState;
  dispatch: Dispatch;
  acts: { noteLeftovers: () => void };
};

/** Each goes into a field that the person chooses, or away; those that stay go into the comment. */
export function Leftovers({ form, state, dispatch, acts }: LeftoversProps) {
  const t = useTranslations("entry.paste");
  const { leftovers, rules } = state;
  const targets = useTargets(rules);
  if (leftovers.length === 0) return null;

  const drop = (leftover: string) =>
    form.setValue(
      "leftovers",
      leftovers.filter((other) => other !== leftover),
    );
  const put = (leftover: string, name: InputName) => {
    placeLeftover(form, leftover, name);
    dispatch({ type: "leftover_used", name });
  };
  return (
    <>
      <ul
        aria-label={t("leftovers")}
        className="mt-2 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,1fr)_auto_auto]"
      >
        {leftovers.map((leftover) => (
          <Leftover key={leftover} leftover={leftover} targets={targets} onPut={put} onDrop={drop} />
        ))}
      </ul>
      <p className="mt-2 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="text-ink-muted">{t("goesToComment")}</span>
        <NoteButton onClick={acts.noteLeftovers} aria-keyshortcuts="Alt+C">
          {t("toComment")}
        </NoteButton>
      </p>
    </>
  );
}

/** Every field that takes words as they are. */
function useTargets(rules: FormFields): Target[] {
  const { custom, hidden } = rules;
  const toLabel = useInputLabel(rules);
  const typed = custom.filter(({ kind }) => ["text", "textarea", "number", "url"].includes(kind));
  const own = leadFields.filter((field) => !hidden.includes(field));
  return [...own, ...typed.map(({ key }) => toCustomName(key))].map((name) => ({
    name,
    label: toLabel(name),
  }));
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
    <li className="col-span-full grid grid-cols-subgrid items-center">
      <span translate="no" className="min-w-0 font-medium wrap-anywhere max-sm:col-span-full">
        «{leftover}»
      </span>
      <select
        aria-label={t("put", { piece: leftover })}
        value=""
        onChange={(event) => {
          const target = targets.find(({ name }) => name === event.target.value);
          if (target) onPut(leftover, target.name);
        }}
        className="min-h-8 w-full min-w-0 cursor-pointer sm:w-44 rounded-control border border-border-strong bg-surface px-2 text-13 text-ink pointer-coarse:min-h-11"
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
