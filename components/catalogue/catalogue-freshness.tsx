"use client";

import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { useNow } from "@/components/ui/clock";
import { RelativeTime } from "@/components/ui/relative-time";
import { useRefresh } from "./use-refresh";

// The catalogue is refreshed every hour. After two hours Kommo must be unreachable.
const OLD_MS = 2 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

type CatalogueFreshnessProps = { fetchedAt: number; serverNow: number };

export function CatalogueFreshness({ fetchedAt, serverNow }: CatalogueFreshnessProps) {
  const t = useTranslations("catalogue");
  const toWords = useFailureWords();
  const { ask, isBusy, failure } = useRefresh();
  const isOld = useNow(serverNow, MINUTE_MS) - fetchedAt > OLD_MS;

  return (
    <div className="group/row flex flex-wrap items-center gap-x-2 text-12 text-ink-muted">
      <p>
        {t("fetched")} <RelativeTime at={fetchedAt} serverNow={serverNow} />
        {isOld && ` · ${t("old")}`}
      </p>
      <button
        type="button"
        aria-disabled={isBusy}
        onClick={ask}
        className="inline-flex min-h-8 cursor-pointer items-center gap-1 rounded-control px-2 font-medium text-accent-ink hover:underline pointer-coarse:min-h-11"
      >
        <RefreshCw aria-hidden className={`size-3.5 ${isBusy ? "motion-safe:animate-spin" : ""}`} />
        {t(isBusy ? "refreshing" : "refresh")}
      </button>
      <p role="alert" className="basis-full font-medium text-needs-admin-ink empty:hidden">
        {failure && toWords(failure)}
      </p>
    </div>
  );
}
