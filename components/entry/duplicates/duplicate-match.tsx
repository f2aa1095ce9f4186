"use client";

import { CircleUser, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useAuthorName } from "@/components/lead/use-author-name";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Duplicates } from "@/lib/domain/lead/schema";

type DuplicateMatchProps = {
  match: Duplicates["matches"][number];
  serverNow: number;
  /** At the line's end. */
  children?: ReactNode;
};

/** Who, when, in which state; of a colleague's lead who and when. A weak match is less prominent. */
export function DuplicateMatch({ match, serverNow, children }: DuplicateMatchProps) {
  const t = useTranslations("entry.duplicates");
  const toAuthorName = useAuthorName();
  const { strength, by, why, title, createdAt, state, outcome, leadId } = match;
  const isExact = strength === "exact";
  const Icon = isExact ? TriangleAlert : CircleUser;
  const shown = state === "confirmed" && outcome && outcome !== "incoming" ? outcome : state;
  const parts = {
    title: title || t("nameless"),
    state: t(`states.${shown}`),
    author: () => <span translate="no">{toAuthorName(match)}</span>,
    time: () => <RelativeTime at={createdAt} serverNow={serverNow} />,
  };
  return (
    <li
      className={`px-3 py-1.5 max-sm:flow-root sm:flex sm:flex-wrap sm:items-baseline sm:gap-x-2 ${isExact ? "bg-needs-you-tint text-needs-you-ink" : "text-ink-muted"}`}
    >
      <Icon
        aria-hidden
        className="size-3.5 shrink-0 self-center max-sm:mr-1.5 max-sm:inline max-sm:align-[-2px]"
      />
      <span className={isExact ? "font-semibold" : ""}>
        {t(isExact ? `exact.${by}` : `weak.${why ?? "other"}`)}
      </span>{" "}
      <span className={`wrap-anywhere ${isExact ? "text-ink" : ""}`}>
        {t.rich(title === null ? "colleague" : "own", parts)}
      </span>{" "}
      <span className="inline-flex flex-wrap gap-x-4 max-sm:float-right max-sm:ml-4 sm:ml-auto sm:gap-x-3">
        {children}
        {leadId && (
          <Link
            href={`/leads/${leadId}`}
            target="_blank"
            className="relative rounded-control font-medium text-ink underline underline-offset-2 after:absolute after:-inset-1 pointer-coarse:after:-inset-y-2"
          >
            {t("open")}
          </Link>
        )}
      </span>
    </li>
  );
}
