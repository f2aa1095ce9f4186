import type { ComponentProps, ReactNode } from "react";

type FieldProps = ComponentProps<"input"> & {
  id: string;
  label: string;
  hint?: string;
  error?: string;
  /** Stands inside the box at its end, as a button that shows a password does. */
  end?: ReactNode;
};

/** The line below always keeps its height: a hint, or an error in its place, moves nothing. */
export function Field({ id, label, hint, error, end, className = "", ...input }: FieldProps) {
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-0.5 block text-12 font-medium text-ink md:mb-1 md:text-13">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          aria-invalid={error !== undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className={`block h-11 w-full rounded-control border bg-surface px-3 text-16 text-ink lg:h-10 lg:text-14 ${error ? "border-needs-admin-ink" : "border-border-strong hover:border-ink-faint"} ${end ? "pr-24" : ""}`}
          {...input}
        />
        {end}
      </div>
      <p
        id={`${id}-note`}
        className={`mt-0.5 min-h-4 text-12 md:mt-1 ${error ? "font-medium text-needs-admin-ink" : "text-ink-faint"}`}
      >
        {note}
      </p>
    </div>
  );
}
