import type { ReactNode } from "react";

type SegmentedProps<T extends string> = {
  name: string;
  legend: string;
  options: readonly { value: T; label: string; lang?: string }[];
  value: T;
  onChoose: (value: T) => void;
  /** The line under it, as of every control in a form; an empty one keeps its room. */
  note?: ReactNode;
};

/** Radio buttons in a row. Arrow keys move, and the whole group is one tab stop. */
export function Segmented<T extends string>({
  name,
  legend,
  options,
  value,
  onChoose,
  note,
}: SegmentedProps<T>) {
  return (
    <fieldset>
      <legend className="mb-0.5 text-12 font-medium md:mb-1 md:text-13">{legend}</legend>
      <div className="flex flex-wrap gap-0.5 rounded-control border border-border bg-sunken p-0.5 sm:w-fit sm:max-w-full">
        {options.map((option) => (
          <label
            key={option.value}
            lang={option.lang}
            className="flex min-h-10 grow cursor-pointer items-center justify-center rounded-inner px-2 text-center text-13 text-ink-muted hover:text-ink has-checked:bg-accent-tint has-checked:font-medium has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-focus sm:min-w-24 sm:px-4 lg:min-h-8"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
      {note !== undefined && (
        <p aria-live="polite" className="mt-0.5 min-h-(--note) text-12 text-ink-faint md:mt-1">
          {note}
        </p>
      )}
    </fieldset>
  );
}
