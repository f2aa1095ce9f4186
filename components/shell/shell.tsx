import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TokenNews } from "@/components/connection/token-news";
import { KeepFocus } from "@/components/focus/keep-focus";
import { KeepDeviceQueue } from "@/components/offline/keep-device-queue";
import { QueueStopBand } from "@/components/queue/queue-stop-band";
import { AccountProvider } from "@/components/shell/account-provider";
import { KeepSession } from "@/components/shell/keep-session";
import { CircleUser } from "@/components/ui/line-icons";
import type { Person } from "@/lib/people/schema";
import type { Theme } from "@/lib/preferences/schema";
import type { QueueStop } from "@/lib/queue/schema";
import { AccountMenu } from "./account-menu";
import { CheckBand } from "./check-band";
import { Navigation } from "./navigation/navigation";
import { pageNames } from "./navigation/navigation-entries";
import { PageName } from "./page-name";

type ShellProps = {
  user: Person;
  hasPasswords: boolean;
  theme: Theme;
  queueStop: QueueStop | null;
  /** How many of the leads that this person sees wait for a person. */
  stuckCount: number;
  /** How many suspicious website leads have waited for an hour, for those who may decide about them. */
  overdueChecks: number;
  /** News of the mapping and the connection for admins, and of the distribution for heads too; null for sellers. */
  kommo: {
    drift: number;
    routingDrift: number;
    /** While an admin is to be warned of it (epoch ms). */
    tokenEnd: number | null;
  } | null;
  serverNow: number;
  children: ReactNode;
};

export function Shell({
  user,
  hasPasswords,
  theme,
  queueStop,
  stuckCount,
  overdueChecks,
  kommo,
  serverNow,
  children,
}: ShellProps) {
  const t = useTranslations("shell");
  const { drift, routingDrift, tokenEnd } = kommo ?? { drift: 0, routingDrift: 0, tokenEnd: null };
  return (
    <div className="flex grow flex-col lg:flex-row">
      <header className="flex items-center border-border bg-surface max-lg:sticky max-lg:top-0 max-lg:z-30 max-lg:h-12 max-lg:border-b max-lg:pr-1 max-lg:pl-4 short:static lg:sticky lg:top-(--band) lg:h-[calc(100dvh-var(--band))] lg:w-56 lg:shrink-0 lg:flex-col lg:items-stretch lg:border-r">
        <p className="px-6 py-5 text-16 font-semibold max-lg:hidden">{t("name")}</p>
        {/* For the top bar of a phone. Screen readers get the page's own heading. */}
        <p aria-hidden className="min-w-0 grow truncate text-16 font-semibold lg:hidden">
          <PageName
            names={pageNames.map(({ href, name }) => ({ href, name: t(name) }))}
            otherName={t("name")}
          />
        </p>
        <Navigation role={user.role} {...{ drift, routingDrift, stuckCount, serverNow }} />
        <AccountMenu
          user={user}
          theme={theme}
          className="flex min-h-11 cursor-pointer items-center gap-2 rounded-control px-3 text-left text-ink-muted hover:bg-sunken hover:text-ink lg:m-3 lg:min-w-0"
          menuClassName="fixed inset-auto w-72 rounded-panel border border-border bg-raised p-4 text-ink shadow-float max-lg:top-20 max-lg:right-3 lg:bottom-16 lg:left-3"
        >
          <CircleUser className="size-5 shrink-0" />
          <span className="sr-only">{t("account")}: </span>
          <span translate="no" className="max-w-[30vw] min-w-0 truncate lg:max-w-none">
            {user.name}
          </span>
        </AccountMenu>
      </header>
      <KeepSession />
      <KeepFocus />
      <KeepDeviceQueue personId={user.id} />
      <div className="flex min-w-0 grow flex-col">
        <QueueStopBand initial={queueStop} serverNow={serverNow} isAdmin={user.role === "admin"} />
        <CheckBand count={overdueChecks} />
        {/* Of a connection that Kommo refuses the band above says all. */}
        {tokenEnd !== null && queueStop?.kind !== "halted" && (
          <TokenNews expiresAt={tokenEnd} serverNow={serverNow} />
        )}
        <main
          id="page"
          tabIndex={-1}
          className="w-full min-w-0 grow px-4 pt-2 pb-24 outline-none md:px-6 md:pt-6 lg:px-8 lg:py-8 xl:px-12 short:pb-4"
        >
          <div className="mx-auto max-w-[1200px]">
            <AccountProvider user={user} hasPasswords={hasPasswords}>
              {children}
            </AccountProvider>
          </div>
        </main>
      </div>
    </div>
  );
}
