"use client";

import { CirclePause, CloudOff } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMoment } from "@/components/ui/moment";
import { CONNECTED_AGAIN } from "@/lib/queue/constants";
import type { QueueStop } from "@/lib/queue/schema";

const BAND = "flex gap-2 border-b border-border px-4 py-2 text-12 md:text-13 md:px-6 lg:px-8 xl:px-12";
const LINK =
  "relative rounded-control font-medium whitespace-nowrap text-ink underline underline-offset-2 pointer-coarse:after:absolute pointer-coarse:after:-inset-x-2 pointer-coarse:after:-inset-y-3.5";

const DISABLED = "integration_disabled";

type QueueStopWordsProps = { queueStop: QueueStop | null; serverNow: number; isAdmin: boolean };

export function QueueStopWords({ queueStop, serverNow, isAdmin }: QueueStopWordsProps) {
  const pathname = usePathname();
  const t = useTranslations("delivery.band");
  const toMoment = useMoment(serverNow);
  if (queueStop === null || pathname === "/admin/delivery") return null;

  if (queueStop.kind === "unmapped") return <UnmappedWords isAdmin={isAdmin} />;
  const isPaused = queueStop.kind === "paused";
  // A seller can only wait: which of Kommo's refusals it is helps the admin alone, unless somebody has done it on purpose.
  const isTold = isAdmin || (!isPaused && queueStop.code === DISABLED);
  const code = isPaused ? "paused" : isTold ? queueStop.code : "other";
  const isToConnect = !isPaused && CONNECTED_AGAIN.includes(queueStop.code);
  const Icon = isPaused ? CirclePause : CloudOff;
  const tone = isPaused ? "bg-needs-you-tint text-needs-you-ink" : "bg-needs-admin-tint text-needs-admin-ink";

  return (
    <p className={`${BAND} ${tone}`}>
      <Icon aria-hidden className="size-4 md:mt-0.5 shrink-0" />
      <span className="min-w-0">
        <strong className="font-semibold">
          {t(`since.${t.has(`since.${code}`) ? code : "other"}`, { time: toMoment(queueStop.since) })}
        </strong>{" "}
        <span className="text-ink">{t(isPaused ? "paused" : isAdmin ? "haltedAdmin" : "halted")}</span>
        {isAdmin && (
          <>
            {" "}
            <Link href={isToConnect ? "/admin/kommo" : "/admin/delivery"} className={LINK}>
              {t(isToConnect ? "connect" : "link")}
            </Link>
          </>
        )}
      </span>
    </p>
  );
}

function UnmappedWords({ isAdmin }: { isAdmin: boolean }) {
  const t = useTranslations("delivery.unmapped");
  return (
    <p className={`${BAND} bg-needs-you-tint text-needs-you-ink`}>
      <CirclePause aria-hidden className="size-4 md:mt-0.5 shrink-0" />
      <span className="min-w-0">
        <strong className="font-semibold">{t("title")}</strong>{" "}
        <span className="text-ink">{t(isAdmin ? "forAdmin" : "forOthers")}</span>{" "}
        {isAdmin && (
          <Link href="/admin/kommo" className={LINK}>
            {t("link")}
          </Link>
        )}
      </span>
    </p>
  );
}
