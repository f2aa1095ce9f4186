"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import type { Dispatch, EntryState } from "@/components/entry/entry-state";
import { useShortcuts } from "@/components/entry/shortcuts/use-shortcuts";
import type { LeadForm } from "@/components/entry/typed-lead";
import type { Reason } from "@/lib/domain/lead/fields";
import { DuplicateMatch } from "./duplicate-match";
import { KommoContactsLine } from "./kommo-contacts-line";
import { ReasonQuestion } from "./reason-question";
import { useDuplicates } from "./use-duplicates";

type DuplicateHintProps = {
  form: LeadForm;
  state: EntryState;
  dispatch: Dispatch;
  serverNow: number;
  onReason: (reason: Reason) => void;
};

/** Leads that may be the same person. It informs, politely, and forbids nothing. */
export function DuplicateHint({ form, state, dispatch, serverNow, onReason }: DuplicateHintProps) {
  const t = useTranslations("entry.duplicates");
  const section = useRef<HTMLElement>(null);
  const { matches, wasErased, contacts, isKommoSilent } = useDuplicates(form, state.rules.defaultCountry);
  const isExact = matches.some(({ strength }) => strength === "exact");
  const ask = () => dispatch({ type: "reason_asked" });
  useShortcuts({
    duplicates: () =>
      isExact && !state.isReasonAsked ? ask() : section.current?.querySelector("a")?.focus(),
  });

  return (
    <>
      <p role="status" className="sr-only">
        {matches.length > 0 && t("said", { count: matches.length, strength: isExact ? "exact" : "weak" })}{" "}
        {wasErased && t("erased")}
      </p>
      {(matches.length > 0 || contacts.length > 0 || isKommoSilent || wasErased) && (
        <section
          ref={section}
          aria-label={t("title")}
          className="max-h-[55dvh] overflow-y-auto rounded-panel border border-border bg-surface text-13"
        >
          <ul className="divide-y divide-border">
            {matches.map((match) => (
              <DuplicateMatch
                key={`${match.createdAt} ${match.by} ${match.author}`}
                match={match}
                serverNow={serverNow}
              />
            ))}
            {contacts.map(({ contactId, url }) => (
              <KommoContactsLine key={contactId} url={url} />
            ))}
          </ul>
          {wasErased && (
            <p aria-hidden className="px-3 py-1.5 text-ink-muted">
              {t("erased")}
            </p>
          )}
          {isKommoSilent && <p className="px-3 py-1.5 text-12 text-ink-muted">{t("silent")}</p>}
          {isExact && (
            <ReasonQuestion
              isOpen={state.isReasonAsked}
              onOpen={ask}
              onClose={() => dispatch({ type: "reason_closed" })}
              onReason={onReason}
            />
          )}
        </section>
      )}
    </>
  );
}
