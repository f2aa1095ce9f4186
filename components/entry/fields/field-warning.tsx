"use client";

import { useTranslations } from "next-intl";
import { NoteButton } from "@/components/ui/note-button";
import type { Note } from "./check-field";

/** A doubt in words; where it knows better, one press takes it. */
export function FieldWarning({ note, onAccept }: { note: Note; onAccept: () => void }) {
  const t = useTranslations("entry.notes");
  const { kind, suggestion } = note;
  if (suggestion === undefined) return <p>{t(kind)}</p>;
  return (
    <p>
      {t(kind)}{" "}
      <NoteButton translate="no" onClick={onAccept} aria-keyshortcuts="Alt+L">
        {t("use", { suggestion })}
      </NoteButton>
    </p>
  );
}
