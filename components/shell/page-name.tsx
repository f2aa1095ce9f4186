"use client";

import { usePathname } from "next/navigation";
import { isWithin } from "./is-within";

type PageNameProps = {
  /** The first one that the address is within counts. */
  names: readonly { href: string; name: string }[];
  otherName: string;
};

/** For the top bar of a phone. Screen readers get the page's own heading. */
export function PageName({ names, otherName }: PageNameProps) {
  const pathname = usePathname();
  return (
    <p aria-hidden className="min-w-0 grow truncate text-16 font-semibold lg:hidden">
      {names.find(({ href }) => isWithin(pathname, href))?.name ?? otherName}
    </p>
  );
}
