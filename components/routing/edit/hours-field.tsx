"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useId } from "react";
import { CheckBox } from "@/components/ui/check-box";
import { Field } from "@/components/ui/field";
import type { Hours } from "@/lib/domain/routing/schema";

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const USUAL: Hours = { days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" };
// A Monday.
const MONDAY = Date.UTC(2026, 0, 5, 12);
const DAY_MS = 24 * 60 * 60 * 1000;

type HoursFieldProps = {
  label: string;
  zone: string;
  hours: Hours | null;
  onChange: (hours: Hours | null) => void;
};

/** Days and times in the account's time zone; without, at any time. */
export function HoursField({ label, zone, hours, onChange }: HoursFieldProps) {
  const t = useTranslations("routing.hours");
  const format = useFormatter();
  const id = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="text-13 font-medium">{label}</legend>
      <CheckBox
        id={`${id}-any`}
        label={t("any")}
        checked={hours === null}
        onChange={({ target: { checked } }) => onChange(checked ? null : USUAL)}
      />
      {hours && (
        <>
          <div className="flex flex-wrap gap-x-4">
            {WEEK.map((day) => (
              <CheckBox
                key={day}
                id={`${id}-${day}`}
                label={format.dateTime(MONDAY + (day - 1) * DAY_MS, { weekday: "short", timeZone: "UTC" })}
                checked={hours.days.includes(day)}
                onChange={({ target: { checked } }) =>
                  onChange({
                    ...hours,
                    days: WEEK.filter((other) => (other === day ? checked : hours.days.includes(other))),
                  })
                }
              />
            ))}
          </div>
          <div className="mt-1 grid max-w-xs grid-cols-2 gap-3">
            {(["from", "to"] as const).map((end) => (
              <Field
                key={end}
                id={`${id}-${end}`}
                type="time"
                label={t(end)}
                value={hours[end]}
                onChange={({ target: { value } }) =>
                  value && onChange({ ...hours, [end]: value.slice(0, 5) })
                }
              />
            ))}
          </div>
          <p className="text-12 text-ink-faint">{t("hint", { zone })}</p>
        </>
      )}
    </fieldset>
  );
}
