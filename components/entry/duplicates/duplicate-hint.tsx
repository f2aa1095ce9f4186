"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { Dispatch, EntryState } from "@/components/entry/entry-state";
import { useShortcuts } from "@/components/entry/shortcuts/use-shortcuts";
import type { LeadForm } from "@/components/entry/typed-lead";
import { NoteButton } from "@/components/ui/note-button";
import type { LeadField, Reason } from "@/lib/domain/lead/fields";
import { DuplicateMatch } from "./duplicate-match";
import { KnownContacts } from "./known-contacts";
import { KommoContactsLine } from "./kommo-contacts-line";
import { ReasonQuestion } from "./reason-question";
import { type Found, toFieldHint } from "./to-field-hint";
import { useSeen } from "./use-seen";

type DuplicateHintProps = {
  form: LeadForm;
  field: LeadField;
  found: Found;
  state: EntryState;
  dispatch: Dispatch;
  serverNow: number;
  onReason: (reason: Reason) => void;
};

/** Leads that may be the same person, under the field that they have in common. It forbids nothing. */
export function DuplicateHint({
  form,
  field,
  found,
  state,
  dispatch,
  serverNow,
  onReason,
}: DuplicateHintProps) {
  const t = useTranslations("entry.duplicates");
  const section = useRef<HTMLElement>(null);
  const [unfoldedFor, setUnfoldedFor] = useState<string>();
  const isUnfolded = unfoldedFor === found.lead.id;
  const { matches, contacts, isFirst, isExact, wasErased, isCapped, isKommoSilent } = toFieldHint(
    field,
    found,
  );
  const asks = isFirst && isExact;
  const ask = () => dispatch({ type: "reason_asked" });
  useSeen(section, asks ? found.lead : undefined, (isSeen) => dispatch({ type: "duplicate_seen", isSeen }));
  useShortcuts({
    duplicates: isFirst
      ? () => (asks && !state.isReasonAsked ? ask() : section.current?.querySelector("a")?.focus())
      : undefined,
  });

  const [match, ...others] = matches;
  const [attachable, mentioned] = toAttachable(contacts);
  const hidden = others.length + (match ? mentioned.length : 0);
  const isShown = match !== undefined || contacts.length > 0 || isKommoSilent || wasErased || isCapped;
  useEffect(() => {
    // Under the field that is being typed into, it must not hide behind the button that sends.
    if (isShown) section.current?.scrollIntoView({ block: "nearest" });
  }, [isShown]);

  return (
    <>
      <p role="status" className="sr-only">
        {matches.length > 0 && t("said", { count: matches.length, strength: isExact ? "exact" : "weak" })}{" "}
        {wasErased && t("erased")}
      </p>
      {isShown && (
        <section
          ref={section}
          aria-label={t("title")}
          className="mt-1 scroll-mt-24 scroll-mb-32 overflow-hidden rounded-panel border border-border bg-surface text-13 short:scroll-mb-16"
        >
          <ul className="divide-y divide-border">
            {match && (
              <DuplicateMatch match={match} serverNow={serverNow}>
                {asks && !state.isReasonAsked && (
                  <NoteButton aria-keyshortcuts="Alt+W" onClick={ask}>
                    {t("sendAnyway")}
                  </NoteButton>
                )}
                {hidden > 0 && (
                  <NoteButton
                    aria-expanded={isUnfolded}
                    onClick={() => setUnfoldedFor(isUnfolded ? undefined : found.lead.id)}
                  >
                    {t("more", { count: hidden })}
                  </NoteButton>
                )}
              </DuplicateMatch>
            )}
            {isUnfolded &&
              others.map((other) => (
                <DuplicateMatch
                  key={`${other.createdAt} ${other.by} ${other.author}`}
                  match={other}
                  serverNow={serverNow}
                />
              ))}
            {(isUnfolded || !match) &&
              mentioned.map(({ contactId, url }) => <KommoContactsLine key={contactId} url={url} />)}
            {attachable.length > 0 && <KnownContacts form={form} contacts={attachable} />}
          </ul>
          {wasErased && (
            <p aria-hidden className="px-3 py-1.5 text-ink-muted">
              {t("erased")}
            </p>
          )}
          {isCapped && <p className="px-3 py-1.5 text-12 text-ink-muted">{t("capped")}</p>}
          {isKommoSilent && <p className="px-3 py-1.5 text-12 text-ink-muted">{t("silent")}</p>}
          {asks && state.isReasonAsked && (
            <ReasonQuestion onClose={() => dispatch({ type: "reason_closed" })} onReason={onReason} />
          )}
        </section>
      )}
    </>
  );
}

type Contacts = Found["contacts"];

/** Those to which the lead can be added, and the others. */
function toAttachable(contacts: Contacts): [Contacts, Contacts] {
  const isAttachable = ({ name }: Contacts[number]) => name !== null;
  return [contacts.filter(isAttachable), contacts.filter((contact) => !isAttachable(contact))];
}
