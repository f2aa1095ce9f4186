"use client";

import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { NoteButton } from "@/components/ui/note-button";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import { withoutLink } from "./page-link";
import type { Prefill } from "./typed-lead";

/** What the page's address adds to each lead, in one line. */
export function LinkLine({ link, onRemove }: { link: Prefill; onRemove: () => void }) {
  const t = useTranslations("entry.link");
  const values = listValues(link);
  if (values.length === 0) return null;
  const remove = () => {
    history.replaceState(null, "", withoutLink(location.href));
    onRemove();
  };
  return (
    <p className="flex items-baseline gap-2 text-12 text-ink-muted">
      <Link2 aria-hidden className="size-3.5 shrink-0 self-center" />
      <span translate="no" className="min-w-0 truncate" title={values.map(({ value }) => value).join(" · ")}>
        {t("from", { values: values.map(({ value }) => value).join(" · ") })}
      </span>
      <NoteButton onClick={remove} className="shrink-0">
        {t("remove")}
      </NoteButton>
    </p>
  );
}

/** In the order of the form. */
function listValues(link: Prefill): { field: LeadField; value: string }[] {
  return leadFields.flatMap((field) => {
    const value = link[field];
    return value ? [{ field, value }] : [];
  });
}
