"use client";

import { useTranslations } from "next-intl";
import type { EntryState } from "@/components/entry/entry-state";
import { isStale } from "@/components/entry/source-prefill";
import type { LeadForm } from "@/components/entry/typed-lead";
import type { PrefillActs } from "@/components/entry/use-prefill";
import { useNow } from "@/components/ui/clock";
import { NoteButton } from "@/components/ui/note-button";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { LeadInput } from "./lead-input";
import { SourceChips } from "./source-chips";
import { useValue } from "./use-value";

const MOST = 9;
const LIST = "lead-sources";

type SourceFieldProps = {
  form: LeadForm;
  sources: string[];
  rules: FormFields;
  prefill: EntryState["prefill"];
  acts: Pick<PrefillActs, "renewSource" | "forgetSource">;
  serverNow: number;
  isLast: boolean;
  mark?: string;
  /** Beside the usual sources. */
  note?: string;
  onChoose: (source: string) => void;
};

/**
 * Text with the usual sources under it, or with all there are where no other may be typed. The source of the last lead is
 * prefilled and marked; after half a day the form asks whether it still holds.
 */
export function SourceField({
  form,
  rules,
  sources,
  prefill,
  acts,
  serverNow,
  isLast,
  mark,
  note,
  onChoose,
}: SourceFieldProps) {
  const t = useTranslations("entry.source");
  const now = useNow(serverNow, 60_000);
  const source = useValue(form, (lead) => lead.source);
  // Otherwise one of the sources, and no other.
  const isFree = rules.isFreeSource;
  const { source: last, link } = prefill;
  const isPrefilled = source !== "" && source === last?.source && source !== link.source;
  const isOld = isPrefilled && last !== undefined && isStale(last, now);

  const chips = sources.length > 0 && (
    <SourceChips sources={isFree ? sources.slice(0, MOST) : sources} chosen={source} onChoose={onChoose} />
  );

  return (
    <div>
      <LeadInput
        form={form}
        rules={rules}
        field="source"
        isLast={isLast}
        mark={mark ?? (isPrefilled ? t("prefilled") : undefined)}
        hint={
          isFree && chips ? (
            <>
              {chips}
              {note}
            </>
          ) : (
            note
          )
        }
        warning={
          isOld ? (
            <p>
              {t("still", { source })} <NoteButton onClick={acts.renewSource}>{t("yes")}</NoteButton>{" "}
              <NoteButton onClick={acts.forgetSource} className="ml-2">
                {t("no")}
              </NoteButton>
            </p>
          ) : undefined
        }
        list={isFree ? undefined : LIST}
      />
      {/* The list stays where the person is told to choose from it. */}
      {!isFree && chips}
      {!isFree && (
        <datalist id={LIST}>
          {sources.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </div>
  );
}
