"use client";

import { usePathname } from "next/navigation";
import { isWithin } from "./is-within";

type PageNameProps = {
  /** The first one that the address is within counts. */
  names: readonly { href: string; name: string }[];
  otherName: string;
};

export function PageName({ names, otherName }: PageNameProps) {
  const pathname = usePathname();
  return names.find(({ href }) => isWithin(pathname, href))?.name ?? otherName;
}
