import { useTranslations } from "next-intl";
import { DeviceCount } from "@/components/stuck/device-count";
import { StuckCount } from "@/components/stuck/stuck-count";
import { CountBadge } from "@/components/ui/count-badge";
import { Ellipsis } from "@/components/ui/line-icons";
import type { Role } from "@/lib/people/schema";
import { MorePages } from "./more-pages";
import { adminNavigationEntries, headNavigationEntries, navigationEntries } from "./navigation-entries";
import { NavigationLink } from "./navigation-link";

const MENU = "more-pages";

const LINK =
  "flex items-center gap-2 rounded-control text-ink-muted -outline-offset-2 hover:text-ink aria-[current=page]:text-accent-ink lg:h-9 lg:px-3 lg:text-14 lg:hover:bg-sunken lg:aria-[current=page]:bg-accent-tint lg:aria-[current=page]:font-medium";
/** On a phone an entry of the bar, or of the menu above it. */
const IN_BAR = `${LINK} max-lg:relative max-lg:h-14 max-lg:flex-col max-lg:justify-center max-lg:gap-1 max-lg:text-12 max-lg:font-medium max-lg:whitespace-nowrap`;
const IN_MENU = `${LINK} max-lg:h-11 max-lg:px-3 max-lg:text-14 max-lg:hover:bg-sunken`;

type NavigationProps = {
  role: Role;
  /** The number of changes in Kommo since the mapping was published. */
  drift: number;
  /** How much in the distribution does not fit Kommo any more. */
  routingDrift: number;
  /** The number of leads that wait for a person. */
  stuckCount: number;
  serverNow: number;
};

/** The server renders it, which keeps its icons out of the script. On a desktop a column on the left; on a phone a bar at the bottom, where the admin's pages lie behind one entry. */
export function Navigation({ role, drift, routingDrift, stuckCount, serverNow }: NavigationProps) {
  const t = useTranslations();
  return (
    <nav
      aria-label={t("shell.navigation")}
      className="max-lg:fixed max-lg:flex max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:border-t max-lg:border-border max-lg:bg-surface max-lg:pb-[env(safe-area-inset-bottom)] short:hidden lg:grow lg:px-3"
    >
      <ul className="max-lg:contents lg:flex lg:flex-col lg:gap-1">
        {navigationEntries.map(({ href, name, icon: Icon }) => (
          <li key={href} className="max-lg:min-w-17 max-lg:grow max-lg:basis-0">
            <NavigationLink href={href} className={IN_BAR}>
              <Icon className="size-5 shrink-0 lg:size-4" />
              {t(`shell.${name}`)}
              {name === "newLead" && <DeviceCount />}
              {name === "leads" && (
                <StuckCount initial={stuckCount} serverNow={serverNow}>
                  {stuckCount > 0 && (
                    <CountBadge count={stuckCount} label={t("leads.stuck.waiting", { count: stuckCount })} />
                  )}
                </StuckCount>
              )}
            </NavigationLink>
          </li>
        ))}
      </ul>
      {role !== "seller" && (
        <>
          <MorePages
            menu={MENU}
            above="/admin/"
            label={t("shell.morePages")}
            className="relative flex h-14 min-w-17 grow basis-0 cursor-pointer flex-col items-center justify-center gap-1 rounded-control text-12 font-medium whitespace-nowrap text-ink-muted -outline-offset-2 hover:text-ink data-current:text-accent-ink lg:hidden"
          >
            <Ellipsis className="size-5 shrink-0" />
            {t("shell.more")}
            {drift > 0 ? <DriftBadge count={drift + routingDrift} /> : <RoutingBadge count={routingDrift} />}
          </MorePages>
          <AdminPages
            entries={role === "admin" ? adminNavigationEntries : headNavigationEntries}
            {...{ drift, routingDrift }}
          />
        </>
      )}
    </nav>
  );
}

type AdminPagesProps = { entries: typeof adminNavigationEntries } & Pick<
  NavigationProps,
  "drift" | "routingDrift"
>;

/** Opened by the bar's last entry on a phone; always there on a desktop. */
function AdminPages({ entries, drift, routingDrift }: AdminPagesProps) {
  const t = useTranslations("shell");
  return (
    <div
      id={MENU}
      popover="auto"
      className="max-lg:fixed max-lg:inset-auto max-lg:right-2 max-lg:bottom-[calc(4rem+env(safe-area-inset-bottom))] max-lg:w-56 max-lg:rounded-panel max-lg:border max-lg:border-border max-lg:bg-raised max-lg:p-2 max-lg:shadow-float lg:static lg:m-0 lg:block lg:w-auto lg:overflow-visible lg:border-0 lg:bg-transparent lg:p-0"
    >
      <p id="admin-pages" className="px-3 text-12 text-ink-faint max-lg:py-1 lg:mt-6 lg:mb-1">
        {t("admin")}
      </p>
      <ul aria-labelledby="admin-pages" className="flex flex-col lg:gap-1">
        {entries.map(({ href, name, icon: Icon }) => (
          <li key={href}>
            <NavigationLink href={href} className={IN_MENU}>
              <Icon className="size-4 shrink-0" />
              {t(name)}
              {name === "kommo" && <DriftBadge count={drift} isInMenu />}
              {name === "routing" && <RoutingBadge count={routingDrift} isInMenu />}
            </NavigationLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

function DriftBadge({ count, isInMenu }: { count: number; isInMenu?: boolean }) {
  const t = useTranslations("drift");
  return count > 0 && <CountBadge count={count} label={t("badge", { count })} isInMenu={isInMenu} />;
}

function RoutingBadge({ count, isInMenu }: { count: number; isInMenu?: boolean }) {
  const t = useTranslations("routing.drift");
  return count > 0 && <CountBadge count={count} label={t("badge", { count })} isInMenu={isInMenu} />;
}
