import type { ComponentProps } from "react";

/** One of the buttons under a row of a list. */
export function RowButton(props: ComponentProps<"button">) {
  return (
    <button
      type="button"
      // Above the row's link, which under a finger is the whole row.
      className="relative z-1 inline-flex min-h-8 cursor-pointer items-center rounded-control px-2 text-13 font-medium text-accent-ink hover:bg-sunken pointer-coarse:min-h-11"
      {...props}
    />
  );
}
