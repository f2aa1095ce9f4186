import Link from "next/link";
import type { ComponentProps } from "react";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover font-semibold",
  secondary: "border border-border-strong bg-surface text-ink hover:bg-sunken font-medium",
};

const base =
  "inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded-control px-4 text-14 lg:min-h-10";

type Look = { look?: keyof typeof looks };

export function Button({
  look = "primary",
  className = "",
  type = "button",
  ...rest
}: ComponentProps<"button"> & Look) {
  return <button type={type} className={`${base} ${looks[look]} ${className}`} {...rest} />;
}

export function ButtonLink({
  look = "primary",
  className = "",
  ...rest
}: ComponentProps<typeof Link> & Look) {
  return <Link className={`${base} ${looks[look]} ${className}`} {...rest} />;
}
