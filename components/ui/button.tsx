import type { ComponentProps } from "react";
import { type Look, toButtonLook } from "./button-look";

export function Button({ look, size, className, type = "button", ...rest }: ComponentProps<"button"> & Look) {
  return <button type={type} className={toButtonLook({ look, size }, className)} {...rest} />;
}
