"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMoment } from "@/components/ui/moment";
import { NoteButton } from "@/components/ui/note-button";
import type { Matches } from "./kommo-matches";

type MatchLinesProps = {
  matches: Matches;
  serverNow: number;
  /** Where this person may say which one it is. */
  onChoose?: (kommoLeadId: number) => void;
};

/** The leads of Kommo that one of ours may be, each with a link to it. */
export function MatchLines({ matches, serverNow, onChoose }: MatchLinesProps) {
  const { isExact, candidates, deleted } = matches;
  const t = useTranslations("delivery.look");
  const toMoment = useMoment(serverNow);
  return (
    <>
      {candidates.length === 0 && (
        <p className="text-13 text-ink-muted">{t(deleted.length > 0 ? "deleted" : "absent")}</p>
      )}
      <ul className="flex flex-col gap-1 text-13 text-ink-muted">
        {candidates.map(({ name, contact, madeAt, ...lead }) => (
          <MatchLine key={lead.kommoLeadId} lead={lead} onChoose={onChoose}>
            {isExact && t("carries")}
            <span translate="no">{[name, contact].filter(Boolean).join(" · ")}</span>
            {madeAt !== null && ` · ${toMoment(madeAt)} `}
          </MatchLine>
        ))}
        {deleted.map((lead) => (
          <MatchLine key={lead.kommoLeadId} lead={lead} onChoose={onChoose} />
        ))}
      </ul>
    </>
  );
}

type MatchLineProps = Pick<MatchLinesProps, "onChoose"> & {
  lead: { kommoLeadId: number; url: string };
  children?: ReactNode;
};

function MatchLine({ lead: { kommoLeadId, url }, onChoose, children }: MatchLineProps) {
  const t = useTranslations("delivery.look");
  return (
    <li className="wrap-anywhere">
      <a
        href={url}
        target="_blank"
        rel="noreferrer"
        aria-label={t("open", { id: String(kommoLeadId) })}
        className="relative rounded-control font-mono text-12 text-ink underline underline-offset-2 pointer-coarse:after:absolute pointer-coarse:after:-inset-x-1 pointer-coarse:after:-inset-y-3.5"
      >
        #{kommoLeadId}
        <ExternalLink aria-hidden className="ml-1 inline size-3 align-[-1px]" />
      </a>{" "}
      {children}
      {onChoose && (
        <NoteButton
          aria-label={t("chooseOne", { id: String(kommoLeadId) })}
          onClick={() => onChoose(kommoLeadId)}
        >
          {t("choose")}
        </NoteButton>
      )}
    </li>
  );
}
