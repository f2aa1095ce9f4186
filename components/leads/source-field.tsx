"use client";

import { useTranslations } from "next-intl";
import { useWatch } from "react-hook-form";
import { useNow } from "@/components/ui/clock";
import { NoteButton } from "@/components/ui/note-button";
import { isStale } from "./kept-source";
import { type LeadForm, LeadInput } from "./lead-input";
import { SourceChips } from "./source-chips";
import type { CarriedState } from "./use-carried";

type SourceFieldProps = {
  form: LeadForm;
  sources: string[];
  carrying: CarriedState;
  serverNow: number;
  isLast: boolean;
  onChoose: (source: string) => void;
};

/** Free text with the usual sources under it. The one of the last lead stays, says so, and asks after half a day. */
export function SourceField({ form, sources, carrying, serverNow, isLast, onChoose }: SourceFieldProps) {
  const t = useTranslations("entry.source");
  const now = useNow(serverNow, 60_000);
  const source = useWatch({ control: form.control, name: "source" });
  const { kept, link, renewSource, forgetSource } = carrying;
  const isKept = source !== "" && source === kept?.source && source !== link.source;
  const isOld = isKept && kept !== undefined && isStale(kept, now);

  return (
    <LeadInput
      form={form}
      field="source"
      isLast={isLast}
      mark={isKept ? t("kept") : undefined}
      hint={
        sources.length > 0 ? <SourceChips sources={sources} chosen={source} onChoose={onChoose} /> : undefined
      }
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
    />
  );
}
