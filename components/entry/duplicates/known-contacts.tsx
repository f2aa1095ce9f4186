"use client";

import { ExternalLink, UserCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useValue } from "@/components/entry/fields/use-value";
import { toChosenContact } from "@/components/entry/sent-lead";
import type { LeadForm } from "@/components/entry/typed-lead";
import { NoteButton } from "@/components/ui/note-button";
import { NEW_CONTACT } from "@/lib/domain/lead/fields";
import { type Contact, useContactWords } from "./use-contact-words";

type KnownContactsProps = {
  form: LeadForm;
  /** To which the lead can be added. */
  contacts: readonly Contact[];
};

/** To which contact of Kommo the lead will be added, which its author can change. It forbids nothing. */
export function KnownContacts({ form, contacts }: KnownContactsProps) {
  const t = useTranslations("entry.duplicates");
  const { toNames, toSentence } = useContactWords();
  const choice = useValue(form, toChosenContact);
  const only = contacts.length === 1 ? contacts[0] : undefined;
  const isNew = choice === NEW_CONTACT;
  const target = isNew ? undefined : (contacts.find(({ contactId }) => contactId === choice) ?? only);
  const choose = (contact: number) => form.setValue("chosen", { phone: form.getValues("phone"), contact });
  return (
    <>
      {(isNew || !target) && (
        <li className="px-3 py-1.5 text-ink-muted">
          <span role="status">{isNew ? t("willBeNew") : t("several", { count: contacts.length })}</span>
        </li>
      )}
      {contacts.map((contact) => (
        <li
          key={contact.contactId}
          className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-3 py-1.5 text-ink pointer-coarse:gap-y-3 pointer-coarse:py-3"
        >
          {contact === target && (
            <UserCheck aria-hidden className="size-3.5 shrink-0 self-center text-good-ink" />
          )}
          <span role={contact === target ? "status" : undefined} className="min-w-0 grow wrap-anywhere">
            {toSentence(contact, contact === target)}
          </span>
          <span className="inline-flex flex-wrap gap-x-4">
            {contact === target ? (
              <NoteButton onClick={() => choose(NEW_CONTACT)}>{t("asNew")}</NoteButton>
            ) : (
              <NoteButton
                aria-label={t("attachTo", toNames(contact))}
                onClick={() => choose(contact.contactId)}
              >
                {t("attach")}
              </NoteButton>
            )}
            <a
              href={contact.url}
              target="_blank"
              rel="noreferrer"
              className="relative rounded-control font-medium text-ink underline underline-offset-2 after:absolute after:-inset-1 pointer-coarse:after:-inset-y-2"
            >
              {t("openInKommo")}
              <ExternalLink aria-hidden className="ml-1 inline size-3 align-[-1px]" />
            </a>
          </span>
        </li>
      ))}
    </>
  );
}
