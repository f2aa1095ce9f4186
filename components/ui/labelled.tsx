import type { ReactNode } from "react";

export type Notes = {
  hint?: ReactNode;
  /** Replaces the hint. It does not prevent saving. */
  warning?: ReactNode;
  error?: string;
  /** A word next to the label that says where the value comes from. */
  mark?: string;
  /** Under the line of notes, and beside them. */
  below?: ReactNode;
};

type LabelledProps = Notes & { id: string; label: string; className?: string; children: ReactNode };

/** The line below always has the same height, so that neither a hint nor an error moves the page. */
export function Labelled({
  id,
  label,
  hint,
  warning,
  error,
  mark,
  below,
  className = "",
  children,
}: LabelledProps) {
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
      {children}
      <div id={`${id}-note`} className={`mt-0.5 min-h-(--note) text-12 md:mt-1 ${toInk({ error, warning })}`}>
        {error ?? warning ?? hint}
      </div>
      {below}
    </div>
  );
}

/** What every labelled control shares: its name, its description and its look. */
export function toControl(id: string, { warning, error, mark }: Notes) {
  return {
    id,
    "aria-invalid": error !== undefined,
    "aria-describedby": mark ? `${id}-note ${id}-mark` : `${id}-note`,
    className: `block w-full rounded-control border bg-surface text-16 text-ink lg:text-14 ${toEdge({ error, warning, mark })}`,
  };
}

function toEdge({ error, warning, mark }: Notes): string {
  if (error) return "border-needs-admin-ink";
  if (warning) return "border-needs-you-ink";
  return mark ? "border-accent-ink" : "border-border-strong hover:border-ink-faint";
}

function toInk({ error, warning }: Notes): string {
  if (error) return "font-medium text-needs-admin-ink";
  return warning ? "font-medium text-needs-you-ink" : "text-ink-faint";
}
