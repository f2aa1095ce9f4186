import type { ComponentProps, ReactNode } from "react";
import { Labelled, type Notes, toControl } from "./labelled";

type FieldProps = ComponentProps<"input"> &
  Notes & {
    id: string;
    label: string;
    /** Inside the box at its end, such as a button that shows a password. */
    end?: ReactNode;
  };

export function Field({
  id,
  label,
  hint,
  warning,
  error,
  mark,
  below,
  end,
  className,
  ...input
}: FieldProps) {
  const notes = { hint, warning, error, mark, below };
  const control = toControl(id, notes);
  return (
    <Labelled id={id} label={label} className={className} {...notes}>
      <div className="relative">
        <input
          {...control}
          className={`${control.className} h-11 px-3 lg:h-10 ${end ? "pr-24" : ""}`}
          {...input}
        />
        {end}
      </div>
    </Labelled>
  );
}
