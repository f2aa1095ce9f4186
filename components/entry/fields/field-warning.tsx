"use client";

import { useTranslations } from "next-intl";
import type { Note } from "@/components/entry/entry-state";
import { NoteButton } from "@/components/ui/note-button";

/** What looks wrong; one press takes the suggestion, if there is one. */
export function FieldWarning({ note, onAccept }: { note: Note; onAccept: () => void }) {
  const t = useTranslations("entry.notes");
  const { kind, suggestion, moveTo } = note;
  if (suggestion === undefined) return <p>{t(kind)}</p>;
  return (
    <p>
      {t(kind)}{" "}
      <NoteButton translate="no" onClick={onAccept} aria-keyshortcuts="Alt+L">
        {t(moveTo ? "move" : "use", { suggestion })}
      </NoteButton>
    </p>
  );
}
