type SegmentedProps<T extends string> = {
  name: string;
  legend: string;
  options: readonly { value: T; label: string; lang?: string }[];
  value: T;
  onChoose: (value: T) => void;
};

/** Radio buttons in a row. Arrow keys move, and the whole group is one tab stop. */
export function Segmented<T extends string>({ name, legend, options, value, onChoose }: SegmentedProps<T>) {
  return (
    <fieldset>
      <legend className="mb-1 text-12 text-ink-muted">{legend}</legend>
      <div className="flex flex-wrap rounded-control border border-border bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            lang={option.lang}
            className="flex min-h-10 grow cursor-pointer items-center justify-center rounded-control px-2 text-center text-13 text-ink-muted hover:text-ink has-checked:bg-accent-tint has-checked:font-medium has-checked:text-accent-ink has-checked:ring-1 has-checked:ring-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-focus lg:min-h-8"
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
    </fieldset>
  );
}
