"use client";

import { useTranslations } from "next-intl";
import { NoteButton } from "@/components/ui/note-button";
import { type LeadField, leadFields } from "@/lib/leads/words";
import type { Pasted } from "./use-paste";

type PasteStripProps = {
  pasted: Pasted;
  onSwap: () => void;
  onTakeBack: () => void;
  onPut: (piece: string, field: LeadField) => void;
  onDrop: (piece: string) => void;
};

/** What a paste filled, how to put it right, and what it left over. */
export function PasteStrip({ pasted, onSwap, onTakeBack, onPut, onDrop }: PasteStripProps) {
  const t = useTranslations("entry.paste");
  const { filled, rest, isNameUnsure } = pasted;
  const hasName = filled.includes("name") || filled.includes("surname");
  return (
    <section
      aria-label={t("title")}
      className="rounded-panel border border-accent bg-accent-tint px-3 py-2 text-13"
    >
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span>{t(isNameUnsure ? "filledUnsure" : "filled", { count: filled.length })}</span>
        {hasName && (
          <NoteButton onClick={onSwap} aria-keyshortcuts="Alt+S">
            {t("swap")}
          </NoteButton>
        )}
        <NoteButton onClick={onTakeBack} aria-keyshortcuts="Control+Z Meta+Z">
          {t("takeBack")}
        </NoteButton>
      </p>
      {rest.length > 0 && (
        <ul aria-label={t("rest")} className="mt-2 flex flex-col gap-1">
          {rest.map((piece) => (
            <RestPiece key={piece} piece={piece} onPut={onPut} onDrop={onDrop} />
          ))}
        </ul>
      )}
    </section>
  );
}

type RestPieceProps = Pick<PasteStripProps, "onPut" | "onDrop"> & { piece: string };

function RestPiece({ piece, onPut, onDrop }: RestPieceProps) {
  const t = useTranslations();
  return (
    <li className="flex flex-wrap items-center gap-x-3">
      <span translate="no" className="min-w-0 font-medium wrap-anywhere">
        «{piece}»
      </span>
      <select
        aria-label={t("entry.paste.put", { piece })}
        value=""
        onChange={(event) => {
          const field = leadFields.find((known) => known === event.target.value);
          if (field) onPut(piece, field);
        }}
        className="min-h-8 cursor-pointer rounded-control border border-border-strong bg-surface px-2 text-13 text-ink pointer-coarse:min-h-11"
      >
        <option value="">{t("entry.paste.putInto")}</option>
        {leadFields.map((field) => (
          <option key={field} value={field}>
            {t(`lead.fields.${field}`)}
          </option>
        ))}
      </select>
      <NoteButton onClick={() => onDrop(piece)}>{t("entry.paste.ignore")}</NoteButton>
    </li>
  );
}
