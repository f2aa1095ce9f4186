"use client";

import { useTranslations } from "next-intl";
import { useWatch } from "react-hook-form";
import type { CarriedState } from "@/components/entry/use-prefill";
import { useNow } from "@/components/ui/clock";
import { NoteButton } from "@/components/ui/note-button";
import { isStale } from "./kept-source";
import { type LeadForm, LeadInput } from "./lead-input";
import { SourceChips } from "./source-chips";

const MOST = 9;
const LIST = "lead-sources";

type SourceFieldProps = {
  form: LeadForm;
  sources: string[];
  /** False: one of the sources, and no other. */
  isFree: boolean;
  carrying: CarriedState;
  serverNow: number;
  isLast: boolean;
  mark?: string;
  onChoose: (source: string) => void;
};

/** Text with the usual sources under it, or with all there are where no other may be typed. The one of the last lead stays, says so, and asks after half a day. */
export function SourceField({
  form,
  sources,
  isFree,
  carrying,
  serverNow,
  isLast,
  mark,
  onChoose,
}: SourceFieldProps) {
  const t = useTranslations("entry.source");
  const now = useNow(serverNow, 60_000);
  const source = useWatch({ control: form.control, name: "source" });
  const { kept, link, renewSource, forgetSource } = carrying;
  const isKept = source !== "" && source === kept?.source && source !== link.source;
  const isOld = isKept && kept !== undefined && isStale(kept, now);

  const chips = sources.length > 0 && (
    <SourceChips sources={isFree ? sources.slice(0, MOST) : sources} chosen={source} onChoose={onChoose} />
  );

  return (
    <div>
      <LeadInput
        form={form}
        field="source"
        isLast={isLast}
        mark={mark ?? (isKept ? t("kept") : undefined)}
        hint={isFree && chips ? chips : undefined}
        warning={
          isOld ? (
            <p>
              {t("still", { source })} <NoteButton onClick={renewSource}>{t("yes")}</NoteButton>{" "}
              <NoteButton onClick={forgetSource} className="ml-2">
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
