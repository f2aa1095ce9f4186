import type { ComponentProps } from "react";
import { Labelled, type Notes, toControl } from "./labelled";

type SelectFieldProps = ComponentProps<"select"> & Notes & { id: string; label: string };

export function SelectField({ id, label, hint, error, mark, className, ...select }: SelectFieldProps) {
  const control = toControl(id, { error, mark });
  return (
    <Labelled id={id} label={label} hint={hint} error={error} mark={mark} className={className}>
      <select {...control} className={`${control.className} h-11 cursor-pointer px-2 lg:h-10`} {...select} />
    </Labelled>
  );
}
