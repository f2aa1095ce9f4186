import Link from "next/link";
import type { ComponentProps } from "react";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover font-semibold",
  secondary: "border border-border-strong bg-surface text-ink hover:bg-sunken font-medium",
};

const base = "inline-flex cursor-pointer items-center justify-center gap-2 rounded-control";

const sizes = {
  normal: "min-h-11 px-4 text-14 lg:min-h-10",
  small: "min-h-11 px-3 text-13 lg:min-h-8",
};

type Look = { look?: keyof typeof looks; size?: keyof typeof sizes };

export function Button({
  look = "primary",
  size = "normal",
  className = "",
  type = "button",
  ...rest
}: ComponentProps<"button"> & Look) {
  return <button type={type} className={`${base} ${sizes[size]} ${looks[look]} ${className}`} {...rest} />;
}

export function ButtonLink({
  look = "primary",
  size = "normal",
  className = "",
  ...rest
}: ComponentProps<typeof Link> & Look) {
  return <Link className={`${base} ${sizes[size]} ${looks[look]} ${className}`} {...rest} />;
}
