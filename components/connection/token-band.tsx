"use client";

import { KeyRound } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useNow } from "@/components/ui/clock";
import { toDaysLeft, toTokenWarning } from "@/lib/domain/token-days";

const HOUR_MS = 60 * 60 * 1000;

type TokenBandProps = { expiresAt: number; serverNow: number };

/** For admins, from 30 days before the token expires, on every page except the one with the token. */
export function TokenBand({ expiresAt, serverNow }: TokenBandProps) {
  const t = useTranslations("kommo.band");
  const pathname = usePathname();
  const now = useNow(serverNow, HOUR_MS);
  const step = toTokenWarning(expiresAt, now);
  if (step === null || pathname === "/admin/kommo") return null;
  const tone =
    step <= 1 ? "bg-needs-admin-tint text-needs-admin-ink" : "bg-needs-you-tint text-needs-you-ink";

  return (
    <p
      role="status"
      className={`flex gap-2 border-b border-border px-4 py-2 text-12 md:px-6 md:text-13 lg:px-8 xl:px-12 ${tone}`}
    >
      <KeyRound aria-hidden className="size-4 shrink-0 md:mt-0.5" />
      <span className="min-w-0">
        <strong className="font-semibold">
          {step === 0 ? t("ended") : t("ends", { days: toDaysLeft(expiresAt, now) })}
        </strong>{" "}
        <span className="text-ink">{t(step === 0 ? "endedMeaning" : "endsMeaning")}</span>{" "}
        <Link
          href="/admin/kommo"
          className="relative rounded-control font-medium whitespace-nowrap text-ink underline underline-offset-2 pointer-coarse:after:absolute pointer-coarse:after:-inset-x-2 pointer-coarse:after:-inset-y-3.5"
        >
          {t("link")}
        </Link>
      </span>
    </p>
  );
}
