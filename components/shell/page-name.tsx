"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { adminNavigationEntries, isWithin, navigationEntries } from "./navigation-entries";

const otherPages: Record<string, "profile" | "log"> = { "/profile": "profile", "/admin/people/log": "log" };

/** For the top bar of a phone. Screen readers get the page's own heading. */
export function PageName() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const entry = [...navigationEntries, ...adminNavigationEntries].find(({ href }) =>
    isWithin(pathname, href),
  );
  const name = otherPages[pathname] ?? (pathname.startsWith("/leads/") ? "lead" : (entry?.name ?? "name"));
  return (
    <p aria-hidden className="min-w-0 grow truncate text-16 font-semibold lg:hidden">
      {t(name)}
    </p>
  );
}
