import type { ComponentProps } from "react";
import { Labelled, type Notes, toControl } from "./labelled";

type TextAreaProps = ComponentProps<"textarea"> & Notes & { id: string; label: string };

/** Grows with its text, where the browser can do that. */
export function TextArea({ id, label, hint, warning, error, mark, className, ...area }: TextAreaProps) {
  const notes = { hint, warning, error, mark };
  const control = toControl(id, notes);
  return (
    <Labelled id={id} label={label} className={className} {...notes}>
      <textarea
        {...control}
        rows={3}
        className={`${control.className} max-h-60 min-h-11 resize-y field-sizing-content px-3 py-2 lg:min-h-10`}
        {...area}
      />
    </Labelled>
  );
}
