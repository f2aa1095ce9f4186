"use client";

import { ShieldAlert, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useAuthorName } from "@/components/lead/use-author-name";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Delivery } from "@/lib/delivery/schema";
import type { Matches } from "./kommo-matches";
import { MatchLines } from "./match-lines";
import { isUndecided } from "./use-remedies";

type StuckRowProps = {
  lead: Delivery["stuck"][number];
  serverNow: number;
  isChosen: boolean;
  onChoose: () => void;
  onResend: () => void;
  /** Without an id the person types it. */
  onSettle: (kommoLeadId?: number) => void;
  /** What Kommo shows for it, once somebody has looked. */
  matches: Matches | undefined;
};

const action =
  "inline-flex min-h-11 cursor-pointer items-center rounded-control px-2 text-13 font-medium whitespace-nowrap text-accent-ink underline-offset-2 hover:underline lg:min-h-9";

export function StuckRow(props: StuckRowProps) {
  const { lead, serverNow, isChosen, onChoose, onResend, onSettle, matches } = props;
  const t = useTranslations("delivery");
  const toAuthorName = useAuthorName();
  const name = lead.title || t("nameless");
  const isFix = lead.state === "needs_fix";
  const Icon = isFix ? TriangleAlert : ShieldAlert;
  const problem = lead.problem && t.has(`problems.${lead.problem}`) ? lead.problem : "other";

  return (
    <tr className="group/row relative border-b border-border text-13 last:border-b-0 hover:bg-sunken max-lg:grid max-lg:grid-cols-[auto_minmax(0,1fr)_auto] max-lg:items-center max-lg:px-4 max-lg:py-1 lg:h-10">
      <td className="lg:w-0 lg:pl-4">
        <label className="flex size-11 cursor-pointer items-center max-lg:-mr-4 lg:size-9">
          <input
            type="checkbox"
            checked={isChosen}
            onChange={onChoose}
            className="size-4 cursor-pointer accent-accent"
          />
          <span className="sr-only">{t("stuck.choose", { name })}</span>
        </label>
      </td>
      <th scope="row" className="text-14 font-medium lg:max-w-48 lg:px-2 xl:max-w-72">
        <Link
          href={`/leads/${lead.id}`}
          translate="no"
          className="block truncate rounded-control py-1 hover:underline pointer-coarse:py-3"
        >
          {name}
        </Link>
      </th>
      <td className={`max-lg:order-4 max-lg:col-start-2 max-md:col-span-2 lg:px-2 ${matches ? "py-2" : ""}`}>
        <span className="flex items-start gap-2">
          <Icon
            aria-hidden
            className={`mt-0.5 size-4 shrink-0 ${isFix ? "text-needs-you-ink" : "text-needs-admin-ink"}`}
          />
          {t(`problems.${problem}`)}
        </span>
        {matches && (
          <div className="mt-1 pl-6">
            <MatchLines
              matches={matches}
              serverNow={serverNow}
              onChoose={matches.candidates.length > 1 || matches.deleted.length > 0 ? onSettle : undefined}
            />
          </div>
        )}
      </td>
      <td translate="no" className="max-w-32 truncate px-2 text-ink-muted max-xl:hidden">
        {toAuthorName(lead)}
      </td>
      <td className="text-right text-ink-muted max-lg:text-12 max-lg:text-ink-faint lg:px-2">
        <RelativeTime at={lead.createdAt} serverNow={serverNow} />
      </td>
      <td className="max-lg:order-5 max-md:col-span-2 max-md:col-start-2 lg:w-0 lg:pr-2">
        <span className="flex flex-wrap max-md:-ml-2 max-lg:-mr-2 lg:flex-nowrap lg:justify-end">
          {isUndecided(lead) && (
            <button
              type="button"
              aria-label={`${t("settle.open")}: ${name}`}
              onClick={() => onSettle()}
              className={action}
            >
              {t("settle.open")}
            </button>
          )}
          <button
            type="button"
            aria-label={`${t("resend.verb")}: ${name}`}
            onClick={onResend}
            className={action}
          >
            {t("resend.verb")}
          </button>
        </span>
      </td>
    </tr>
  );
}
