import type { ComponentProps } from "react";

type SelectFieldProps = ComponentProps<"select"> & {
  id: string;
  label: string;
  hint?: string;
  error?: string;
};

/** The browser's own list, for a handful of choices. */
export function SelectField({ id, label, hint, error, className = "", ...select }: SelectFieldProps) {
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-0.5 block text-12 font-medium md:mb-1 md:text-13">
        {label}
      </label>
      <select
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={`block h-11 w-full cursor-pointer rounded-control border bg-surface px-2 text-16 text-ink lg:h-10 lg:text-14 ${error ? "border-needs-admin-ink" : "border-border-strong hover:border-ink-faint"}`}
        {...select}
      />
      <p
        id={`${id}-note`}
        className={`mt-0.5 min-h-4 text-12 md:mt-1 ${error ? "font-medium text-needs-admin-ink" : "text-ink-faint"}`}
      >
        {note}
      </p>
    </div>
  );
}
