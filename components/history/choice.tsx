"use client";

type ChoiceProps = {
  id: string;
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  /** The text of the first option, which chooses nothing. */
  all?: string;
  onChoose: (value: string | undefined) => void;
  className?: string;
};

export function Choice({ id, label, value, options, all, onChoose, className = "" }: ChoiceProps) {
  const isGone = value !== undefined && !options.some((option) => option.value === value);
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={`list-${id}`} className="mb-0.5 block text-12 text-ink-muted">
        {label}
      </label>
      <select
        id={`list-${id}`}
        value={value ?? ""}
        onChange={(event) => onChoose(event.target.value || undefined)}
        className="h-11 w-full min-w-0 rounded-control border border-border-strong bg-surface px-2 text-14 text-ink hover:border-ink-faint md:max-w-36 lg:h-9 lg:max-w-32 lg:text-13"
      >
        {all && <option value="">{all}</option>}
        {isGone && <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
