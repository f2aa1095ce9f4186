"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { Member } from "@/lib/domain/routing/schema";
import { HoursField } from "./hours-field";
import { iconButton } from "./icon-button";

const MOST = 10_000;

type MemberEditorProps = {
  zone: string;
  member: Member;
  onChange: (change: Partial<Member>) => void;
};

/** When a person takes leads, on which days not, and how many in a day. */
export function MemberEditor({ zone, member, onChange }: MemberEditorProps) {
  const t = useTranslations("routing.people");
  const id = useId();
  const { hours, daysOff, cap } = member;
  const editDay = (index: number, change: { from?: string; to?: string }) =>
    onChange({ daysOff: daysOff.map((days, at) => (at === index ? { ...days, ...change } : days)) });
  const addDay = () => {
    const today = new Date().toISOString().slice(0, 10);
    onChange({ daysOff: [...daysOff, { from: today, to: today }] });
  };
  return (
    <div className="mt-1 mb-2 flex flex-col gap-3">
      <HoursField
        label={t("hours")}
        zone={zone}
        hours={hours}
        onChange={(next) => onChange({ hours: next })}
      />
      <Field
        id={`${id}-cap`}
        className="max-w-xs"
        type="number"
        min={1}
        max={MOST}
        label={t("cap")}
        hint={t("capHint")}
        value={cap === null ? "" : String(cap)}
        onChange={({ target: { value } }) => onChange({ cap: toCap(value) })}
      />
      <fieldset className="min-w-0">
        <legend className="text-13 font-medium">{t("daysOff")}</legend>
        {daysOff.map(({ from, to }, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: days off have no id, and both dates change while they are typed.
            key={index}
            className="mt-1 grid max-w-md grid-cols-[1fr_1fr_auto] gap-x-3"
          >
            <Field
              id={`${id}-from-${index}`}
              type="date"
              label={t("firstDay")}
              value={from}
              onChange={({ target: { value } }) => value && editDay(index, { from: value })}
            />
            <Field
              id={`${id}-to-${index}`}
              type="date"
              label={t("lastDay")}
              value={to}
              onChange={({ target: { value } }) => value && editDay(index, { to: value })}
            />
            <button
              type="button"
              className={`${iconButton} mt-6`}
              aria-label={t("removeDays", { from, to })}
              onClick={() => onChange({ daysOff: daysOff.filter((_, at) => at !== index) })}
            >
              <Trash2 aria-hidden className="size-4" />
            </button>
          </div>
        ))}
        <Button look="secondary" size="small" onClick={addDay}>
          <Plus aria-hidden className="size-4" />
          {t("addDays")}
        </Button>
      </fieldset>
    </div>
  );
}

function toCap(text: string): number | null {
  const value = Math.round(Number(text));
  return text === "" || !(value >= 1) ? null : Math.min(MOST, value);
}
