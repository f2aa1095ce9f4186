"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { RelativeTime } from "@/components/ui/relative-time";
import { erase } from "@/lib/privacy/actions";
import type { Erased, FoundPerson } from "@/lib/privacy/schema";
import { useRefusal } from "./use-refusal";

type FoundLeadsProps = { finding: FoundPerson; serverNow: number; onErased: (erased: Erased) => void };

/** All are selected at first. If two people share a contact, one of them can be deselected. */
export function FoundLeads({ finding: { leads, erasedAt }, serverNow, onErased }: FoundLeadsProps) {
  const t = useTranslations("erasure");
  const toRefusal = useRefusal();
  const erased = useRef<Erased>(undefined);
  const [question, open] = useState<Question>();
  const [left, leave] = useState<ReadonlySet<string>>(new Set());
  const chosen = leads.filter(({ id }) => !left.has(id));
  const count = chosen.length;

  const toggle = (id: string) =>
    leave(new Set(left.has(id) ? [...left].filter((other) => other !== id) : [...left, id]));
  const ask = () => {
    const consequence = [
      t("consequence", { count }),
      ...(chosen.some(isWaiting) ? [t("waiting")] : []),
      ...(chosen.some(isInKommo) ? [t("inKommo")] : []),
    ];
    open({
      title: t("question", { count }),
      consequence: consequence.join(" "),
      verb: t("verb"),
      act: async () => {
        const answer = await callServer({ action: () => erase({ ids: chosen.map(({ id }) => id) }) });
        if (answer.ok) erased.current = answer.value;
        return toRefusal(answer);
      },
      onDone: () => erased.current && onErased(erased.current),
    });
  };

  if (leads.length === 0) {
    return (
      <p role="status" className="mt-2">
        {t("nothing")}{" "}
        {erasedAt !== null && (
          <>
            {t("known")} <RelativeTime at={erasedAt} serverNow={serverNow} />
          </>
        )}
      </p>
    );
  }
  return (
    <div className="mt-4">
      <p role="status" className="mb-2 font-medium">
        {t("found", { count: leads.length })}
      </p>
      <ul className="divide-y divide-border rounded-panel border border-border bg-surface">
        {leads.map((lead) => (
          <li key={lead.id} className="flex items-center gap-1 py-1 pr-4 pl-2">
            <label className="flex size-11 shrink-0 cursor-pointer items-center justify-center">
              <input
                type="checkbox"
                checked={!left.has(lead.id)}
                onChange={() => toggle(lead.id)}
                className="size-4 cursor-pointer accent-accent"
              />
              <span className="sr-only">{t("choose", { name: lead.title || t("nameless") })}</span>
            </label>
            <div className="min-w-0 grow">
              <Link
                href={`/leads/${lead.id}`}
                translate="no"
                className="block truncate rounded-control font-medium hover:underline pointer-coarse:py-2"
              >
                {lead.title || t("nameless")}
              </Link>
              <p className="flex flex-wrap gap-x-3 text-13 text-ink-muted">
                <span translate="no" className="min-w-0 truncate">
                  {lead.contact}
                </span>
                <span>{t(`states.${lead.state}`)}</span>
              </p>
            </div>
            <span className="shrink-0 text-13 text-ink-muted">
              <RelativeTime at={lead.createdAt} serverNow={serverNow} />
            </span>
          </li>
        ))}
      </ul>
      <Button
        look="secondary"
        aria-disabled={count === 0}
        onClick={() => count > 0 && ask()}
        className="mt-3 max-sm:w-full"
      >
        {t("eraseChosen", { count })}
      </Button>
      {question && <Confirm question={question} onClose={() => open(undefined)} />}
    </div>
  );
}

function isWaiting({ state }: FoundPerson["leads"][number]): boolean {
  return state !== "confirmed" && state !== "withdrawn";
}

function isInKommo({ state }: FoundPerson["leads"][number]): boolean {
  return state === "confirmed" || state === "needs_admin";
}
