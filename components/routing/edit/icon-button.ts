/** The look of a button that shows an icon alone. */
export const iconButton =
  "inline-flex size-11 cursor-pointer items-center justify-center rounded-control text-ink-muted hover:bg-sunken hover:text-ink disabled:cursor-default disabled:text-ink-faint lg:size-9";
