/** It stays and keeps the focus, but a press does nothing now. */
export const dimmed = "aria-disabled:cursor-default aria-disabled:text-ink-faint";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover font-semibold aria-disabled:cursor-default",
  secondary: `border border-border-strong bg-surface text-ink hover:bg-sunken font-medium ${dimmed}`,
};

const sizes = {
  normal: "min-h-11 px-4 text-14 lg:min-h-10",
  small: "min-h-11 px-3 text-13 lg:min-h-8",
};

const base = "inline-flex cursor-pointer items-center justify-center gap-2 rounded-control";

export type Look = { look?: keyof typeof looks; size?: keyof typeof sizes };

export function toButtonLook({ look = "primary", size = "normal" }: Look, more = ""): string {
  return `${base} ${sizes[size]} ${looks[look]} ${more}`;
}
