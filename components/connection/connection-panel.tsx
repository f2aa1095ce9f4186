"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useNow } from "@/components/ui/clock";
import { Disclosure } from "@/components/ui/disclosure";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusChip } from "@/components/ui/status-chip";
import { type ConnectionState, type OauthSetUp, toTyped } from "@/lib/connection/schema";
import { toDaysLeft, toTokenWarning } from "@/lib/domain/token-days";
import { ConnectWays } from "./connect-ways";
import { GrantFacts } from "./grant-facts";
import { OauthForm } from "./oauth-form";
import { OauthResult } from "./oauth-result";
import { Reconnect } from "./reconnect";

const HOUR_MS = 60 * 60 * 1000;

type ConnectionPanelProps = {
  connection: ConnectionState | null;
  oauth: OauthSetUp;
  /** How the way to Kommo's page and back has just ended. */
  returned?: string;
  serverNow: number;
};

export function ConnectionPanel({ connection, oauth, returned, serverNow }: ConnectionPanelProps) {
  const t = useTranslations("kommo");
  return (
    <section aria-labelledby="connection" className="rounded-panel border border-border bg-surface">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-border px-4 py-3">
        <h2 id="connection" className="text-16 font-semibold">
          {t("connection")}
        </h2>
        {connection && <State connection={connection} />}
      </div>
      <OauthResult returned={returned} />
      {connection ? (
        <Facts connection={connection} serverNow={serverNow} />
      ) : (
        <p className="px-4 pt-3">{t("notConnected")}</p>
      )}
      <div className="px-4 py-2">
        <Change
          connection={connection}
          oauth={oauth}
          wasRefused={returned !== undefined && returned !== "connected"}
        />
      </div>
    </section>
  );
}

function isBroken({ lastError, lastSuccess }: ConnectionState): boolean {
  return lastError !== null && lastError.at > (lastSuccess ?? 0);
}

const ENDS = ["grant_expired", "grant_revoked", "access_refused", "integration_disabled"];

/** Only a person can renew it. */
function isEnded(connection: ConnectionState): boolean {
  return isBroken(connection) && ENDS.includes(connection.lastError?.code ?? "");
}

function State({ connection }: { connection: ConnectionState }) {
  const t = useTranslations("kommo");
  const { lastSuccess } = connection;
  if (isBroken(connection)) {
    return (
      <StatusChip tone="needs-admin" icon={CircleX}>
        {t("broken")}
      </StatusChip>
    );
  }
  return lastSuccess === null ? null : (
    <StatusChip tone="good" icon={CircleCheck}>
      {t("works")}
    </StatusChip>
  );
}

function Facts({ connection, serverNow }: { connection: ConnectionState; serverNow: number }) {
  const t = useTranslations("kommo");
  const { account, baseUrl, lastSuccess, lastError, lastFour, grant } = connection;
  return (
    <>
      {lastError && isBroken(connection) && (
        <p className="border-b border-border bg-needs-admin-tint px-4 py-2 text-needs-admin-ink">
          {t(t.has(`failures.${lastError.code}`) ? `failures.${lastError.code}` : "failures.failed")}{" "}
          <span className="text-13 whitespace-nowrap">
            (<RelativeTime at={lastError.at} serverNow={serverNow} />)
          </span>
        </p>
      )}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-4 py-3 sm:grid-cols-3 lg:grid-cols-6">
        <Fact name={t("account")}>
          <a
            href={baseUrl}
            target="_blank"
            rel="noreferrer"
            translate="no"
            className="rounded-control font-medium text-accent-ink underline-offset-2 hover:underline"
          >
            {account?.name ?? new URL(baseUrl).host}
          </a>
        </Fact>
        <Fact name={t("subdomain")}>{account?.subdomain ?? "–"}</Fact>
        <Fact name={t("currency")}>{account?.currency ?? "–"}</Fact>
        <Fact name={t("timeZone")}>{account?.timeZone ?? "–"}</Fact>
        <Fact name={t("lastSuccess")}>
          {lastSuccess === null ? t("never") : <RelativeTime at={lastSuccess} serverNow={serverNow} />}
        </Fact>
        {grant ? (
          <Fact name={t("oauth.access")}>
            {isEnded(connection) ? t("oauth.ended") : t("oauth.renewed")}
            <span className="block text-12 text-ink-muted">
              {t("oauth.renewedAt")} <RelativeTime at={grant.renewedAt} serverNow={serverNow} />
            </span>
          </Fact>
        ) : (
          <Fact name={t("token", { lastFour })}>
            <TokenEnd expiresAt={connection.expiresAt} serverNow={serverNow} />
          </Fact>
        )}
      </dl>
      {grant && <GrantFacts grant={grant} />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-ink-muted">{name}</dt>
      <dd className="break-words tabular-nums">{children}</dd>
    </div>
  );
}

function TokenEnd({ expiresAt, serverNow }: { expiresAt: number | null; serverNow: number }) {
  const t = useTranslations("kommo");
  const now = useNow(serverNow, HOUR_MS);
  if (expiresAt === null) return t("noEnd");
  const isNear = toTokenWarning(expiresAt, now) !== null;
  return (
    <span className={isNear ? "font-semibold text-needs-admin-ink" : ""}>
      {t("daysLeft", { days: toDaysLeft(expiresAt, now) })}
    </span>
  );
}

type ChangeProps = {
  connection: ConnectionState | null;
  oauth: OauthSetUp;
  /** The way to Kommo's page has just ended without a connection: it stands ready to be tried again. */
  wasRefused: boolean;
};

function Change({ connection, oauth, wasRefused }: ChangeProps) {
  const t = useTranslations("kommo");
  const first = wasRefused || oauth.kept ? "redirect" : "token";
  if (!connection) {
    return oauth.isOfSettings ? (
      <FirstPress oauth={oauth} />
    ) : (
      <ConnectWays subdomain="" oauth={oauth} first={first} />
    );
  }
  if (connection.source === "settings") {
    return <p className="py-1 text-13 text-ink-muted">{t("fromSettings")}</p>;
  }
  const isPractice = connection.source === "practice";
  const { grant } = connection;
  const typed = toTyped(connection.baseUrl);
  if (isPractice && oauth.isOfSettings) return <FirstPress oauth={oauth} />;
  if (grant) {
    const isOnePress = grant.way === "redirect" && oauth.clientId !== null && isBroken(connection);
    return (
      <>
        {isOnePress && <Reconnect subdomain={typed} isFirst={false} />}
        {grant.way === "code" && (
          <Disclosure key="again" title={t("oauth.againByCode")} isOpen={isBroken(connection)}>
            {() => <OauthForm way="code" subdomain={typed} oauth={{ ...oauth, kept: null }} />}
          </Disclosure>
        )}
        <Disclosure key="replace" title={t("replaceConnection")} isOpen={wasRefused && !isOnePress}>
          {() => <ConnectWays subdomain={typed} oauth={oauth} first={first} />}
        </Disclosure>
      </>
    );
  }
  return (
    <>
      {isPractice && <p className="pt-1 text-13 text-ink-muted">{t("practice")}</p>}
      <Disclosure
        title={t(isPractice ? "connectReal" : "replace")}
        isOpen={wasRefused || (isPractice && oauth.kept !== null)}
      >
        {() => <ConnectWays subdomain={isPractice ? "" : typed} oauth={oauth} first={first} />}
      </Disclosure>
    </>
  );
}

/** The settings name the integration: all that is left is the press. */
function FirstPress({ oauth }: { oauth: OauthSetUp }) {
  const t = useTranslations("kommo.oauth");
  return (
    <>
      <Reconnect subdomain={oauth.subdomain} isFirst />
      <Disclosure title={t("otherWays")} isOpen={oauth.kept !== null}>
        {() => (
          <ConnectWays subdomain={oauth.subdomain} oauth={oauth} first={oauth.kept ? "redirect" : "token"} />
        )}
      </Disclosure>
    </>
  );
}
