"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useWatch } from "react-hook-form";
import type { useLeadForm } from "@/components/entry/use-entry-form";
import { getQueryClient } from "@/components/server/query-client";
import { readPhone } from "@/lib/domain/lead/phone";
import type { Lead } from "@/lib/domain/lead/schema";
import { DuplicateMatch } from "./duplicate-match";
import { fetchDuplicates, fetchKommoContacts, toQuestion } from "./fetch-duplicates";
import { KommoContactsLine } from "./kommo-contacts-line";
import { ReasonQuestion } from "./reason-question";
import { useSettled } from "./use-settled";

const SETTLED_MS = 200;
const FRESH_MS = 30_000;
const MOST = 3;

type DuplicateHintProps = {
  entry: ReturnType<typeof useLeadForm>;
  country: string;
  serverNow: number;
};

/** Who has this person already. It informs, politely, and forbids nothing. */
export function DuplicateHint({ entry, country, serverNow }: DuplicateHintProps) {
  const t = useTranslations("entry.known");
  const { form, submitAnyway } = entry;
  // The form's values at any moment: each of them is there from the start.
  const lead = useSettled(useWatch({ control: form.control }) as Lead, SETTLED_MS);
  const question = toQuestion(lead);
  const phone = readPhone(lead.phone, country);
  const whole = phone.problem === null ? phone.e164 : null;

  const { data: known } = useQuery(
    {
      queryKey: ["known", question],
      queryFn: fetchDuplicates(question),
      enabled: question !== "",
      staleTime: FRESH_MS,
    },
    getQueryClient(),
  );
  const { data: inKommo } = useQuery(
    {
      queryKey: ["known-in-kommo", whole],
      queryFn: fetchKommoContacts(whole ?? ""),
      enabled: whole !== null,
      staleTime: Number.POSITIVE_INFINITY,
    },
    getQueryClient(),
  );

  const matches = known?.matches.slice(0, MOST) ?? [];
  const isExact = matches.some(({ strength }) => strength === "exact");

  const isSilent = whole !== null && inKommo?.isSilent === true;
  const contacts = (whole !== null && inKommo?.contacts) || [];
  return (
    <>
      <p role="status" className="sr-only">
        {matches.length > 0 && t("said", { count: matches.length, strength: isExact ? "exact" : "weak" })}{" "}
        {known?.wasErased && t("erased")}
      </p>
      {(matches.length > 0 || contacts.length > 0 || isSilent || known?.wasErased) && (
        <section
          id="known"
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
          {known?.wasErased && (
            <p aria-hidden className="px-3 py-1.5 text-ink-muted">
              {t("erased")}
            </p>
          )}
          {isSilent && <p className="px-3 py-1.5 text-12 text-ink-muted">{t("silent")}</p>}
          {isExact && <ReasonQuestion key={question} onReason={submitAnyway} />}
        </section>
      )}
    </>
  );
}
