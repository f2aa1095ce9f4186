"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { DuplicateMatch } from "@/components/entry/duplicates/duplicate-match";
import { fetchDuplicates, toQuestion } from "@/components/entry/duplicates/fetch-duplicates";
import { useDebounced } from "@/components/entry/duplicates/use-debounced";
import { useMarkedLabel } from "@/components/entry/fields/use-input-label";
import { useProblem } from "@/components/entry/fields/use-problem";
import { newLead, type Person, type PersonField, personFields } from "@/components/entry/typed-lead";
import { getQueryClient } from "@/components/server/query-client";
import { Field } from "@/components/ui/field";
import { NoteButton } from "@/components/ui/note-button";
import { TextArea } from "@/components/ui/text-area";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { KnownClient } from "./known-client";
import type { Twin } from "./list-twins";
import type { PersonProblems } from "./save-people";

const DEBOUNCE_MS = 300;
const FRESH_MS = 30_000;

type PersonRowProps = {
  index: number;
  person: Person;
  rules: FormFields;
  twin: Twin | undefined;
  problems: PersonProblems;
  serverNow: number;
  onChange: (changed: Partial<Person>) => void;
  onRemove: () => void;
  onSendAsAnother: () => void;
};

/** One person of a paste, with a mark where the same person is here already. */
export function PersonRow(props: PersonRowProps) {
  const { index, person, rules, twin, problems, serverNow, onChange, onRemove, onSendAsAnother } = props;
  const t = useTranslations();
  const toLabel = useMarkedLabel(rules);
  const toProblem = useProblem(rules);
  const match = useMatch(person);
  const row = index + 1;
  const toNotes = (field: PersonField) => {
    return {
      id: `person-${row}-${field}`,
      label: toLabel(field),
      "aria-required": rules.required.includes(field),
      error: toProblem(problems[field]),
      warning: twin?.field === field ? t("entry.people.twin", { row: twin.row + 1 }) : undefined,
      value: person[field],
      onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
      autoComplete: "off",
      translate: "no" as const,
    };
  };
  return (
    <li
      aria-label={t("entry.people.row", { row })}
      className="rounded-panel border border-border bg-surface p-3"
    >
      <div className="flex items-baseline justify-between gap-4 text-13">
        <span aria-hidden className="text-ink-muted tabular-nums">
          {row}
        </span>
        <NoteButton onClick={onRemove} aria-label={t("entry.people.removeRow", { row })}>
          {t("entry.people.remove")}
        </NoteButton>
      </div>
      <div className="mt-1 grid grid-cols-2 gap-x-3 gap-y-1 sm:grid-cols-3">
        {personFields
          .filter((field) => !rules.hidden.includes(field) || person[field] !== "")
          .map((field) =>
            field === "comment" ? (
              <TextArea key={field} {...toNotes(field)} rows={1} className={WIDE} />
            ) : (
              <Field
                key={field}
                {...toNotes(field)}
                inputMode={keyboards[field]}
                className={field === "phone" ? WIDE : undefined}
              />
            ),
          )}
      </div>
      {match && (
        <ul className="mt-1 overflow-hidden rounded-control text-13">
          <DuplicateMatch match={match} serverNow={serverNow} />
        </ul>
      )}
      <KnownClient phone={person.phone} country={rules.defaultCountry} />
      {problems.lead && (
        <p role="alert" className="mt-1 text-13 text-needs-admin-ink">
          {t("lead.sending.already_left.title")} {t("entry.people.alreadyLeft")}{" "}
          <NoteButton onClick={onSendAsAnother}>{t("lead.sending.sendAsAnother")}</NoteButton>
        </p>
      )}
    </li>
  );
}

const WIDE = "max-sm:col-span-full";

const keyboards = {
  name: undefined,
  surname: undefined,
  phone: "tel",
  telegram: undefined,
  email: "email",
} as const;

/** The first lead that may be the same person. */
function useMatch(person: Person) {
  const question = useDebounced(toQuestion(newLead(person)), DEBOUNCE_MS);
  const { data } = useQuery(
    {
      queryKey: ["duplicates", question],
      queryFn: fetchDuplicates(question),
      enabled: question !== "",
      staleTime: FRESH_MS,
    },
    getQueryClient(),
  );
  return data?.matches[0];
}
