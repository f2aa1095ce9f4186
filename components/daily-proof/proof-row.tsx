"use client";

import { CircleCheck, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useExactTime } from "@/components/ui/use-exact-time";
import type { ProofRow as Row } from "@/lib/daily-proof/schema";
import { acceptableKinds } from "@/lib/domain/daily-proof/compare-leads";
import { toDifferenceName, toMeaning } from "@/lib/domain/daily-proof/to-meaning";

type ProofRowProps = { row: Row; kommoUrl: string | null; onAccept: () => void };

const action =
  "inline-flex min-h-11 cursor-pointer items-center rounded-control text-13 font-medium whitespace-nowrap text-accent-ink underline-offset-2 hover:underline lg:min-h-8";

export function ProofRow({ row, kommoUrl, onAccept }: ProofRowProps) {
  const t = useTranslations("dailyProof");
  const { kind, lead, leadId, kommoLeadId, otherId, accepted } = row;
  const isFine = accepted !== null || kind === "moved";
  const name = lead ? lead.title || t("nameless") : t("stranger", { id: String(kommoLeadId ?? "") });
  const isDoubled = kind === "doubled";
  const inKommo = isDoubled ? [kommoLeadId, otherId] : [kommoLeadId];
  return (
    <li className="flex flex-col gap-1 border-b border-border px-4 py-3 last:border-b-0 lg:flex-row lg:items-start lg:gap-4">
      <div className="min-w-0 grow">
        <p className="flex items-start gap-2 text-14 font-medium">
          {isFine ? (
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good-ink" />
          ) : (
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-needs-you-ink" />
          )}
          <span className="min-w-0 wrap-anywhere">
            <span translate="no">{name}</span> · {t(`names.${toDifferenceName(row)}`)}
          </span>
        </p>
        <p className="mt-0.5 max-w-prose pl-6 text-13 text-ink-muted">{t(`kinds.${toMeaning(row)}`)}</p>
        {accepted && <Accepted accepted={accepted} />}
      </div>
      <p className="flex flex-wrap gap-x-4 pl-6 lg:shrink-0 lg:flex-nowrap lg:pl-0">
        {leadId && lead && (
          <Link
            href={`/leads/${leadId}`}
            aria-label={`${t(kind === "undecided" ? "decide" : "open")}: ${name}`}
            className={action}
          >
            {t(kind === "undecided" ? "decide" : "open")}
          </Link>
        )}
        {kommoUrl &&
          inKommo.map((id, index) =>
            id === null ? null : (
              <a
                key={id}
                href={`${kommoUrl}/leads/detail/${id}`}
                target="_blank"
                rel="noreferrer"
                aria-label={`${t(isDoubled ? (index === 0 ? "first" : "second") : "inKommo")}: ${name}`}
                className={action}
              >
                {t(isDoubled ? (index === 0 ? "first" : "second") : "inKommo")}
              </a>
            ),
          )}
        {!accepted && acceptableKinds.includes(kind) && (
          <button type="button" aria-label={`${t("accept")}: ${name}`} onClick={onAccept} className={action}>
            {t("accept")}
          </button>
        )}
      </p>
    </li>
  );
}

function Accepted({ accepted: { at, by } }: { accepted: NonNullable<Row["accepted"]> }) {
  const t = useTranslations("dailyProof");
  const time = useExactTime()(at);
  return (
    <p className="mt-0.5 pl-6 text-13 text-good-ink">
      {by === null ? t("acceptedBySomebody", { time }) : t("accepted", { name: by, time })}
    </p>
  );
}
