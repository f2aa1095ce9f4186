import Link from "next/link";
import type { ComponentProps } from "react";
import { type Look, toButtonLook } from "./button-look";

export function ButtonLink({ look, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={toButtonLook({ look, size }, className)} {...rest} />;
}
