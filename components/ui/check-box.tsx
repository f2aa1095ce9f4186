import type { ComponentProps } from "react";

type CheckBoxProps = Omit<ComponentProps<"input">, "type"> & { label: string };

export function CheckBox({ label, className = "", ...input }: CheckBoxProps) {
  return (
    <label
      className={`inline-flex min-h-11 cursor-pointer items-center gap-2 text-14 lg:min-h-9 ${className}`}
    >
      <input type="checkbox" className="size-4 shrink-0 cursor-pointer accent-accent" {...input} />
      {label}
    </label>
  );
}
