"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { checkRouting } from "@/lib/domain/routing/check-routing";
import { compareRoutings } from "@/lib/domain/routing/compare-routings";
import { toUserName } from "@/lib/domain/routing/route-leads";
import type { RoutingDesk as Desk } from "@/lib/routing/schema";
import { PoolList } from "./edit/pool-list";
import { RuleList } from "./edit/rule-list";
import { KnownClients } from "./known-clients";
import { listShownPeople } from "./list-shown-people";
import { PeopleTable } from "./people-table";
import { RoutingDifferences } from "./publish/routing-differences";
import { RoutingPublishBar } from "./publish/routing-publish-bar";
import { RoutingVersions } from "./publish/routing-versions";
import { TryOnLastWeek } from "./try-on-last-week";
import { useRoutingDraft } from "./use-routing-draft";

type RoutingDeskProps = { desk: Desk; serverNow: number };

/** The admin's: rules in their order, the pools they name, the people in them, and what a draft would have done. */
export function RoutingDesk({ desk, serverNow }: RoutingDeskProps) {
  const t = useTranslations("routing");
  const locale = useLocale() === "ru" ? "ru" : "en";
  const draft = useRoutingDraft(desk);
  const { routing, change } = draft;
  const around = useMemo(
    () => ({
      ...desk,
      users: desk.users ?? undefined,
      refused: desk.recipients.filter(({ refusedAt }) => refusedAt !== null).map(({ userId }) => userId),
      lists: desk.lists.map(({ key, label, options }) => ({
        key,
        label: label[locale] || label.en,
        options,
      })),
    }),
    [desk, locale],
  );
  const checks = useMemo(() => checkRouting(routing, around), [routing, around]);
  const toName = (id: number) => toUserName(id, around.users, routing);

  return (
    <div className="flex flex-col gap-6">
      {draft.isConflict && (
        <Notice
          role="alert"
          title={t("conflict.title", {
            by: desk.versions[0]?.publishedBy ?? t("conflict.somebody"),
            version: desk.version,
          })}
          body={t("conflict.body")}
        >
          <div className="w-full text-ink">
            <RoutingDifferences differences={compareRoutings(desk.routing, routing, toName)} />
          </div>
          <Button size="small" onClick={draft.keepMine}>
            {t("conflict.keep")}
          </Button>
          <Button
            size="small"
            look="secondary"
            onClick={async () => {
              if (!(await draft.drop())) draft.restart();
            }}
          >
            {t("conflict.drop")}
          </Button>
        </Notice>
      )}
      {desk.withoutRecipient > 0 && (
        <Notice title={t("without.title", { count: desk.withoutRecipient })} body={t("without.body")} />
      )}
      {desk.users === null && <Notice title={t("noList.title")} body={t("noList.body")} />}
      <RuleList desk={desk} around={around} routing={routing} checks={checks} onChange={change} />
      <PoolList desk={desk} routing={routing} checks={checks} onChange={change} />
      <PeopleTable
        people={listShownPeople(desk, routing)}
        limits={{ routing, zone: desk.zone, hasUserList: desk.users !== null, onChange: change }}
        checks={checks}
      />
      <KnownClients attaching={desk.attaching} serverNow={serverNow} />
      <TryOnLastWeek routing={routing} />
      <RoutingVersions versions={desk.versions} draft={draft} serverNow={serverNow} />
      <RoutingPublishBar
        draft={draft}
        version={desk.version}
        errors={checks.filter(({ severity }) => severity === "error")}
        differences={compareRoutings(desk.routing, routing, toName)}
      />
    </div>
  );
}
