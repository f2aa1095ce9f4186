import type { ComponentProps, ReactNode } from "react";
import { Labelled, type Notes, toControl } from "./labelled";

type FieldProps = ComponentProps<"input"> &
  Notes & {
    id: string;
    label: string;
    /** Stands inside the box at its end, as a button that shows a password does. */
    end?: ReactNode;
  };

export function Field({ id, label, hint, warning, error, mark, end, className, ...input }: FieldProps) {
  const notes = { hint, warning, error, mark };
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
