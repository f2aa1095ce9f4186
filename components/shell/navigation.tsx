"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { adminEntries, entries, isWithin } from "./entries";

/** On a desktop a column at the left, below that a bar under the thumb: one list, so one landmark. */
export function Navigation({ isAdmin }: { isAdmin: boolean }) {
  const t = useTranslations("shell");
  return (
    <nav
      aria-label={t("navigation")}
      className="max-lg:fixed max-lg:flex max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:border-t max-lg:border-border max-lg:bg-surface max-lg:pb-[env(safe-area-inset-bottom)] short:hidden lg:grow lg:px-3"
    >
      <Entries of={entries} />
      {isAdmin && (
        <>
          <p id="admin-pages" className="mt-6 mb-1 px-3 text-12 text-ink-faint max-lg:hidden">
            {t("admin")}
          </p>
          <Entries of={adminEntries} labelledBy="admin-pages" />
        </>
      )}
    </nav>
  );
}

function Entries({ of, labelledBy }: { of: typeof entries; labelledBy?: string }) {
  const t = useTranslations("shell");
  const pathname = usePathname();

  return (
    <ul aria-labelledby={labelledBy} className="max-lg:contents lg:flex lg:flex-col lg:gap-1">
      {of.map(({ href, name, icon: Icon }) => (
        <li key={href} className="max-lg:grow max-lg:basis-0">
          <Link
            href={href}
            aria-current={isWithin(pathname, href) ? "page" : undefined}
            className="flex items-center gap-2 rounded-control text-ink-muted -outline-offset-2 hover:text-ink aria-[current=page]:text-accent-ink max-lg:h-14 max-lg:flex-col max-lg:justify-center max-lg:gap-1 max-lg:text-12 max-lg:font-medium lg:h-9 lg:px-3 lg:text-14 lg:hover:bg-sunken lg:aria-[current=page]:bg-accent-tint lg:aria-[current=page]:font-medium"
          >
            <Icon aria-hidden className="size-5 shrink-0 lg:size-4" />
            {t(name)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
