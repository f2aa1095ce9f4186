import type { ComponentProps } from "react";

type CheckBoxProps = Omit<ComponentProps<"input">, "type"> & {
  id: string;
  label: string;
  note?: string;
  isWrong?: boolean;
};

export function CheckBox({ id, label, note, isWrong = false, ...input }: CheckBoxProps) {
  return (
    <div>
      <label className="inline-flex min-h-11 cursor-pointer items-center gap-2 text-14 lg:min-h-9">
        <input
          id={id}
          type="checkbox"
          aria-invalid={isWrong}
          aria-describedby={note ? `${id}-note` : undefined}
          className="size-4 shrink-0 cursor-pointer accent-accent"
          {...input}
        />
        {label}
      </label>
      {note && (
        <p
          id={`${id}-note`}
          className={`text-12 ${isWrong ? "font-medium text-needs-admin-ink" : "text-ink-faint"}`}
        >
          {note}
        </p>
      )}
    </div>
  );
}
