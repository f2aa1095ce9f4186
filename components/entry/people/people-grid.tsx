"use client";

import { useTranslations } from "next-intl";
import { Fragment, type ReactNode, useEffect, useRef } from "react";
import type { Dispatch, EntryState } from "@/components/entry/entry-state";
import { SendNotice } from "@/components/entry/sending/send-notice";
import { SendKeys } from "@/components/entry/shortcuts/send-keys";
import { useShortcuts } from "@/components/entry/shortcuts/use-shortcuts";
import type { LeadForm } from "@/components/entry/typed-lead";
import { Button } from "@/components/ui/button";
import { NoteButton } from "@/components/ui/note-button";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";
import type { FormField } from "@/lib/domain/mapping/schema";
import { listTwins } from "./list-twins";
import { PersonRow } from "./person-row";
import { listShared } from "./to-lead-of-person";
import { usePeople } from "./use-people";

type PeopleGridProps = {
  personId: string;
  form: LeadForm;
  state: EntryState;
  dispatch: Dispatch;
  acts: { remember: (sent: Lead) => void; readAsOne: () => void };
  serverNow: number;
  onSaved: () => void;
  toInput: (field: LeadField) => ReactNode;
  toCustomInputs: (fields: FormField[]) => ReactNode;
  /** What goes with each of them. */
  children: ReactNode;
};

/** Several people of one paste, each to be looked at, in the place of the form. */
export function PeopleGrid({ children, serverNow, toInput, toCustomInputs, ...options }: PeopleGridProps) {
  const t = useTranslations("entry.people");
  const { state, acts } = options;
  const { people, found, rules } = state;
  const { problems, problem, saving, change, remove, save, sendAsAnother, discard } = usePeople(options);
  const twins = listTwins(people, rules.defaultCountry);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  useShortcuts({ send: () => void save(), clear: discard });

  return (
    <section aria-labelledby="people-title" className="flex flex-col gap-3">
      <div>
        <h2 id="people-title" ref={title} tabIndex={-1} className="text-16 font-semibold outline-none">
          {t("title", { count: people.length })}
        </h2>
        <p className="text-13 text-ink-muted">{t("hint")}</p>
        <p className="mt-1 flex gap-x-6 text-13">
          {found && found.text !== "" && <NoteButton onClick={acts.readAsOne}>{t("one")}</NoteButton>}
          <NoteButton onClick={discard}>{t("discard")}</NoteButton>
        </p>
        {found?.isCut && (
          <p role="status" className="mt-1 text-13 font-medium text-needs-you-ink">
            {t("beyond", { most: people.length })}
          </p>
        )}
      </div>
      {children}
      {listShared(rules).map((field) => (
        <Fragment key={field}>{toInput(field)}</Fragment>
      ))}
      {toCustomInputs(rules.custom.filter(({ own, required }) => own && required))}
      <ol className="flex flex-col gap-3">
        {people.map((person, index) => (
          <PersonRow
            key={person.id}
            {...{ index, person, serverNow }}
            twin={twins[index]}
            rules={rules}
            problems={problems[person.id] ?? {}}
            onChange={(changed) => change(person.id, changed)}
            onSendAsAnother={() => sendAsAnother(person.id)}
            onRemove={() => {
              title.current?.focus();
              remove(person.id);
            }}
          />
        ))}
      </ol>
      {problem && <SendNotice problem={problem} onAgain={() => void save()} />}
      <div className="send-bar">
        <Button
          aria-keyshortcuts="Control+Enter Meta+Enter"
          aria-disabled={saving !== undefined}
          onClick={() => void save()}
          className="w-full text-16 sm:w-auto sm:min-w-64 sm:text-14"
        >
          {saving ? t("saving", saving) : t("save", { count: people.length })}
          <SendKeys />
        </Button>
      </div>
    </section>
  );
}
