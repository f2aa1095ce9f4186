"use client";

import { useId } from "react";
import { CheckBox } from "@/components/ui/check-box";

type ChoiceBoxesProps<T extends string | number> = {
  label: string;
  options: readonly { value: T; label: string; note?: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
};

/** Several of a list. What is chosen and no longer listed stays, so that it can be unticked. */
export function ChoiceBoxes<T extends string | number>({
  label,
  options,
  chosen,
  onChange,
}: ChoiceBoxesProps<T>) {
  const id = useId();
  const gone = chosen.filter((value) => !options.some((option) => option.value === value));
  const all = [...options, ...gone.map((value) => ({ value, label: String(value), note: undefined }))];
  if (all.length === 0) return null;
  return (
    <fieldset className="min-w-0">
      <legend className="text-13 font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-5">
        {all.map((option) => (
          <CheckBox
            key={option.value}
            id={`${id}-${option.value}`}
            label={option.label}
            note={option.note}
            checked={chosen.includes(option.value)}
            onChange={({ target: { checked } }) =>
              onChange(checked ? [...chosen, option.value] : chosen.filter((value) => value !== option.value))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
