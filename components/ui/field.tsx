import type { ComponentProps, ReactNode } from "react";

type FieldProps = ComponentProps<"input"> & {
  id: string;
  label: string;
  hint?: ReactNode;
  /** Stands in place of the hint; it asks for a look and forbids nothing. */
  warning?: ReactNode;
  error?: string;
  /** A word beside the label on where the value comes from. */
  mark?: string;
  /** Stands inside the box at its end, as a button that shows a password does. */
  end?: ReactNode;
};

/** The line below always keeps its height: a hint, or an error in its place, moves nothing. */
export function Field({ id, label, hint, warning, error, mark, end, className = "", ...input }: FieldProps) {
  const note = error ?? warning ?? hint;
  const described = [note ? `${id}-note` : "", mark ? `${id}-mark` : ""].filter(Boolean).join(" ");
  return (
    <div className={className}>
      <div className="mb-0.5 flex items-baseline gap-2 text-12 md:mb-1 md:text-13">
        <label htmlFor={id} className="font-medium text-ink">
          {label}
        </label>
        {mark && (
          <span id={`${id}-mark`} className="text-12 text-accent-ink">
            {mark}
          </span>
        )}
      </div>
      <div className="relative">
        <input
          id={id}
          aria-invalid={error !== undefined}
          aria-describedby={described || undefined}
          className={`block h-11 w-full rounded-control border bg-surface px-3 text-16 text-ink lg:h-10 lg:text-14 ${toEdge({ error, warning, mark })} ${end ? "pr-24" : ""}`}
          {...input}
        />
        {end}
      </div>
      <div id={`${id}-note`} className={`mt-0.5 min-h-4 text-12 md:mt-1 ${toInk({ error, warning })}`}>
        {note}
      </div>
    </div>
  );
}

type Notes = Pick<FieldProps, "error" | "warning" | "mark">;

function toEdge({ error, warning, mark }: Notes): string {
  if (error) return "border-needs-admin-ink";
  if (warning) return "border-needs-you-ink";
  return mark ? "border-accent-ink" : "border-border-strong hover:border-ink-faint";
}

function toInk({ error, warning }: Notes): string {
  if (error) return "font-medium text-needs-admin-ink";
  return warning ? "font-medium text-needs-you-ink" : "text-ink-faint";
}
