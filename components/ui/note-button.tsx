import type { ComponentProps } from "react";

/** A button inside a line of small text. It is tall enough for a finger and looks like a link. */
export function NoteButton({ className = "", ...rest }: ComponentProps<"button">) {
  return (
    <button
      type="button"
      className={`relative cursor-pointer rounded-control font-medium text-ink underline underline-offset-2 after:absolute after:-inset-x-1 after:-inset-y-1 pointer-coarse:after:-inset-y-3.5 ${className}`}
      {...rest}
    />
  );
}
