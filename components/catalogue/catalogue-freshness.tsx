"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { act, useFailureWords } from "@/components/mapping/act";
import { useNow } from "@/components/ui/clock";
import { RelativeTime } from "@/components/ui/time";
import { refreshCatalogue } from "@/lib/catalogue/actions";

// A refresh is due every hour: after two, Kommo has been out of reach.
const OLD_MS = 2 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

type CatalogueFreshnessProps = { fetchedAt: number; serverNow: number };

export function CatalogueFreshness({ fetchedAt, serverNow }: CatalogueFreshnessProps) {
  const t = useTranslations("catalogue");
  const toWords = useFailureWords();
  const { refresh } = useRouter();
  const [isBusy, start] = useTransition();
  const [failure, setFailure] = useState<string>();
  const isOld = useNow(serverNow, MINUTE_MS) - fetchedAt > OLD_MS;

  const onRefresh = () =>
    start(async () => {
      const code = await act(() => refreshCatalogue(undefined));
      setFailure(code);
      if (!code) refresh();
    });

  return (
    <div className="flex flex-wrap items-center gap-x-2 text-12 text-ink-muted">
      <span>
        {t("fetched")} <RelativeTime at={fetchedAt} serverNow={serverNow} />
        {isOld && ` · ${t("old")}`}
      </span>
      <button
        type="button"
        aria-disabled={isBusy}
        onClick={() => !isBusy && onRefresh()}
        className="inline-flex min-h-8 cursor-pointer items-center gap-1 rounded-control px-2 font-medium text-accent-ink hover:underline pointer-coarse:min-h-11"
      >
        <RefreshCw aria-hidden className={`size-3.5 ${isBusy ? "motion-safe:animate-spin" : ""}`} />
        {t(isBusy ? "refreshing" : "refresh")}
      </button>
      <p role="alert" className="basis-full text-needs-admin-ink empty:hidden">
        {failure && !isBusy ? toWords(failure) : null}
      </p>
    </div>
  );
}
