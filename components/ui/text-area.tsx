import type { ComponentProps } from "react";
import { Labelled, type Notes, toControl } from "./labelled";

type TextAreaProps = ComponentProps<"textarea"> & Notes & { id: string; label: string };

export function TextArea({ id, label, hint, error, className, ...area }: TextAreaProps) {
  const control = toControl(id, { error });
  return (
    <Labelled id={id} label={label} hint={hint} error={error} className={className}>
      <textarea {...control} rows={3} className={`${control.className} resize-y px-3 py-2`} {...area} />
    </Labelled>
  );
}
