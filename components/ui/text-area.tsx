import type { ComponentProps } from "react";

type TextAreaProps = ComponentProps<"textarea"> & {
  id: string;
  label: string;
  hint?: string;
  error?: string;
};

export function TextArea({ id, label, hint, error, className = "", ...area }: TextAreaProps) {
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-0.5 block text-12 font-medium md:mb-1 md:text-13">
        {label}
      </label>
      <textarea
        id={id}
        rows={3}
        aria-invalid={error !== undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={`block w-full resize-y rounded-control border bg-surface px-3 py-2 text-16 text-ink lg:text-14 ${error ? "border-needs-admin-ink" : "border-border-strong hover:border-ink-faint"}`}
        {...area}
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
