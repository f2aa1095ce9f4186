"use client";

import { CircleUser, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Duplicates } from "@/lib/domain/lead/schema";

type DuplicateMatchProps = { match: Duplicates["matches"][number]; serverNow: number };

/** Who, when, in which state; a weak match is less prominent. */
export function DuplicateMatch({ match, serverNow }: DuplicateMatchProps) {
  const t = useTranslations("entry.duplicates");
  const { strength, by, why, author, createdAt, state, outcome, leadId } = match;
  const isExact = strength === "exact";
  const Icon = isExact ? TriangleAlert : CircleUser;
  const shown = state === "confirmed" && outcome && outcome !== "incoming" ? outcome : state;
  return (
    <li
      className={`flex flex-wrap items-baseline gap-x-2 px-3 py-1.5 ${isExact ? "bg-needs-you-tint text-needs-you-ink" : "text-ink-muted"}`}
    >
      <Icon aria-hidden className="size-3.5 shrink-0 self-center" />
      <span className={isExact ? "font-semibold" : ""}>
        {t(isExact ? `exact.${by}` : `weak.${why ?? "other"}`)}
      </span>
      <span className={isExact ? "text-ink" : ""}>
        <span translate="no">{author}</span>, <RelativeTime at={createdAt} serverNow={serverNow} /> ·{" "}
        {t(`states.${shown}`)}
      </span>
      {leadId && (
        <Link
          href={`/leads/${leadId}`}
          target="_blank"
          className="relative ml-auto rounded-control font-medium text-ink underline underline-offset-2 after:absolute after:-inset-1 pointer-coarse:after:-inset-y-2"
        >
          {t("open")}
        </Link>
      )}
    </li>
  );
}
