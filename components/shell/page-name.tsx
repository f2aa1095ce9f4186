"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";

/** What the top bar of a phone shows; the page's own heading says the same to a screen reader. */
export function PageName() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const name = pathname === "/" ? "newLead" : pathname === "/leads" ? "leads" : "lead";
  return (
    <p aria-hidden className="grow truncate text-16 font-semibold lg:hidden">
      {t(name)}
    </p>
  );
}
