import { useTranslations } from "next-intl";
import { adminNavigationEntries, navigationEntries } from "./navigation-entries";
import { NavigationLink } from "./navigation-link";

type NavigationProps = {
  isAdmin: boolean;
  /** The number of changes in Kommo since the mapping was published. */
  drift: number;
};

/** The server renders it, which keeps its icons out of the script. On a desktop a column on the left; on a phone a bar at the bottom, which scrolls for an admin. */
export function Navigation({ isAdmin, drift }: NavigationProps) {
  const t = useTranslations("shell");
  return (
    <nav
      aria-label={t("navigation")}
      className="max-lg:fixed max-lg:flex max-lg:overflow-x-auto max-lg:[scrollbar-width:none] max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:border-t max-lg:border-border max-lg:bg-surface max-lg:pb-[env(safe-area-inset-bottom)] short:hidden lg:grow lg:px-3"
    >
      <Entries of={navigationEntries} />
      {isAdmin && (
        <>
          <p id="admin-pages" className="mt-6 mb-1 px-3 text-12 text-ink-faint max-lg:hidden">
            {t("admin")}
          </p>
          <Entries of={adminNavigationEntries} labelledBy="admin-pages" badges={{ kommo: drift }} />
        </>
      )}
    </nav>
  );
}

type EntriesProps = { of: typeof navigationEntries; labelledBy?: string; badges?: { kommo: number } };

function Entries({ of, labelledBy, badges }: EntriesProps) {
  const t = useTranslations("shell");
  return (
    <ul aria-labelledby={labelledBy} className="max-lg:contents lg:flex lg:flex-col lg:gap-1">
      {of.map(({ href, name, icon: Icon }) => (
        <li
          key={href}
          className="max-lg:min-w-17 max-lg:grow max-lg:basis-0 max-lg:has-[[aria-current=page]]:[scroll-initial-target:nearest]"
        >
          <NavigationLink href={href}>
            <Icon className="size-5 shrink-0 lg:size-4" />
            {t(name)}
            {name === "kommo" && badges && badges.kommo > 0 && <Badge count={badges.kommo} />}
          </NavigationLink>
        </li>
      ))}
    </ul>
  );
}

function Badge({ count }: { count: number }) {
  const t = useTranslations("drift");
  return (
    <span className="rounded-full bg-needs-you-tint px-1.5 text-12 font-semibold text-needs-you-ink tabular-nums max-lg:absolute max-lg:top-1 max-lg:left-[calc(50%+0.5rem)] lg:ml-auto">
      <span aria-hidden>{count}</span>
      <span className="sr-only">({t("badge", { count })})</span>
    </span>
  );
}
