"use client";

import { useQuery } from "@tanstack/react-query";
import { CirclePause, CloudOff } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { setServerNow } from "@/components/ui/clock";
import { useMoment } from "@/components/ui/moment";
import { type Standstill, standstillSchema } from "@/lib/outbox/schema";

export const STANDSTILL = ["standstill"];

const POLL_MS = 15_000;
const answerSchema = z.object({ now: z.number(), standstill: standstillSchema.nullable() });

async function fetchStandstill({ signal }: { signal: AbortSignal }): Promise<Standstill | null> {
  const response = await fetch("/api/standstill", { signal });
  const { now, standstill } = answerSchema.parse(await response.json());
  setServerNow(now);
  return standstill;
}

type StandstillBandProps = { initial: Standstill | null; serverNow: number; isAdmin: boolean };

/** On every page while nothing leaves for Kommo, except where the delivery page says the same in full. */
export function StandstillBand({ initial, serverNow, isAdmin }: StandstillBandProps) {
  const pathname = usePathname();
  const { data: standstill } = useQuery({
    queryKey: STANDSTILL,
    queryFn: fetchStandstill,
    initialData: initial,
    initialDataUpdatedAt: serverNow,
    refetchInterval: POLL_MS,
  });
  const isShown = standstill !== null && pathname !== "/admin/delivery";

  return (
    <div role="status">
      {isShown && <Band standstill={standstill} serverNow={serverNow} isAdmin={isAdmin} />}
    </div>
  );
}

type BandProps = { standstill: Standstill; serverNow: number; isAdmin: boolean };

function Band({ standstill, serverNow, isAdmin }: BandProps) {
  const t = useTranslations("delivery.band");
  const toMoment = useMoment(serverNow);
  const isPaused = standstill.kind === "paused";
  const code = isPaused ? "paused" : standstill.code;
  const Icon = isPaused ? CirclePause : CloudOff;
  const tone = isPaused ? "bg-needs-you-tint text-needs-you-ink" : "bg-needs-admin-tint text-needs-admin-ink";

  return (
    <p
      className={`flex gap-2 border-b border-border px-4 py-2 text-12 md:text-13 md:px-6 lg:px-8 xl:px-12 ${tone}`}
    >
      <Icon aria-hidden className="size-4 md:mt-0.5 shrink-0" />
      <span className="min-w-0">
        <strong className="font-semibold">
          {t(`since.${t.has(`since.${code}`) ? code : "other"}`, { time: toMoment(standstill.since) })}
        </strong>{" "}
        <span className="text-ink">{t(isPaused ? "paused" : isAdmin ? "restingAdmin" : "resting")}</span>
        {isAdmin && (
          <>
            {" "}
            <Link
              href="/admin/delivery"
              className="relative rounded-control font-medium whitespace-nowrap text-ink underline underline-offset-2 pointer-coarse:after:absolute pointer-coarse:after:-inset-x-2 pointer-coarse:after:-inset-y-3.5"
            >
              {t("link")}
            </Link>
          </>
        )}
      </span>
    </p>
  );
}
