"use client";

import { ChevronUp } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { createPortal } from "react-dom";
import { type InputName, type LeadForm, toCustomName } from "@/components/entry/fields/lead-input";
import { NoteButton } from "@/components/ui/note-button";
import { leadFields } from "@/lib/domain/lead/fields";
import type { FormField } from "@/lib/domain/mapping/schema";
import type { Pasted } from "./use-paste";

type PasteStripProps = {
  form: LeadForm;
  pasted: Pasted;
  /** Fields that the admin put on the form. */
  custom: readonly FormField[];
  onSwap: () => void;
  onPut: (field: InputName) => void;
};

type Place = { name: InputName; label: string };

/**
 * What a paste filled, how to put it right, and what it left over. On a phone it lies above the button that sends, where
 * it is seen whatever is scrolled.
 */
export function PasteStrip({ pasted, ...acts }: PasteStripProps) {
  const words = useTranslations("lead.fields");
  const t = useTranslations("entry.paste");
  const { filled, rest } = pasted;
  if (filled.length === 0 && rest.length === 0) return null;

  const said = t("said", {
    fields: filled.map((field) => words(field)).join(", ") || t("nothing"),
    rest: rest.join(", ") || t("nothing"),
  });
  // Both stand in the form from the start: what comes with its own region is not read out.
  const spoken = document.getElementById("paste-said");
  const narrow = matchMedia("(min-width: 64rem)").matches ? null : document.getElementById("paste-narrow");
  return (
    <>
      {spoken && createPortal(said, spoken)}
      {narrow ? (
        createPortal(<NarrowStrip pasted={pasted} {...acts} />, narrow)
      ) : (
        <WideStrip pasted={pasted} {...acts} />
      )}
    </>
  );
}

function useSummary({ filled, isNameUnsure, isFresh }: Pasted): string {
  const t = useTranslations("entry.paste");
  if (!isFresh && filled.length === 0) return t("leftOver");
  return t(isNameUnsure ? "filledUnsure" : "filled", { count: filled.length });
}

function WideStrip({ pasted, ...acts }: PasteStripProps) {
  const t = useTranslations("entry.paste");
  return (
    <section aria-label={t("title")} className={`${LOOK} py-2`}>
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span>{useSummary(pasted)}</span>
        <WholeActs pasted={pasted} {...acts} />
      </p>
      <Rest pasted={pasted} {...acts} />
    </section>
  );
}

/** Folded to one line, which hides as little of the form as can be. */
function NarrowStrip({ pasted, ...acts }: PasteStripProps) {
  const t = useTranslations("entry.paste");
  const { rest } = pasted;
  const summary = useSummary(pasted);
  return (
    <section aria-label={t("title")} className={LOOK}>
      <details className="group/strip">
        <summary className="flex min-h-11 cursor-pointer items-center gap-2 rounded-control">
          <span className="min-w-0 grow truncate">
            {rest.length === 0 && summary}
            {rest.length > 0 && (
              <>
                {t("rest")}:{" "}
                <b translate="no" className="font-medium">
                  {rest.map((piece) => `«${piece}»`).join(" ")}
                </b>
              </>
            )}
          </span>
          <ChevronUp
            aria-hidden
            className="size-4 shrink-0 duration-150 ease-out motion-safe:transition-transform group-open/strip:rotate-180"
          />
        </summary>
        <div className="max-h-[40dvh] overflow-y-auto pb-3">
          <p className="flex flex-wrap gap-x-6 gap-y-4 py-2">
            <WholeActs pasted={pasted} {...acts} />
          </p>
          <Rest pasted={pasted} {...acts} />
        </div>
      </details>
    </section>
  );
}

const LOOK = "rounded-panel border border-accent bg-accent-tint px-3 text-13";

function WholeActs({ pasted: { filled, takeBack }, onSwap }: PasteStripProps) {
  const t = useTranslations("entry.paste");
  return (
    <>
      {(filled.includes("name") || filled.includes("surname")) && (
        <NoteButton onClick={onSwap} aria-keyshortcuts="Alt+S">
          {t("swap")}
        </NoteButton>
      )}
      {takeBack && (
        <NoteButton onClick={takeBack} aria-keyshortcuts="Control+Z Meta+Z">
          {t("takeBack")}
        </NoteButton>
      )}
    </>
  );
}

function Rest({ form: { getValues, setValue }, pasted: { rest }, custom, onPut }: PasteStripProps) {
  const t = useTranslations("entry.paste");
  const places = usePlaces(custom);
  if (rest.length === 0) return null;

  const drop = (piece: string) =>
    setValue(
      "rest",
      rest.filter((other) => other !== piece),
    );
  const put = (piece: string, name: InputName) => {
    setValue(name, [getValues(name), piece].filter(Boolean).join(" "));
    drop(piece);
    onPut(name);
  };
  return (
    <ul aria-label={t("rest")} className="mt-2 flex flex-col gap-1">
      {rest.map((piece) => (
        <RestPiece key={piece} piece={piece} places={places} onPut={put} onDrop={drop} />
      ))}
    </ul>
  );
}

/** Every field that takes words as they are. */
function usePlaces(custom: readonly FormField[]): Place[] {
  const t = useTranslations("lead.fields");
  const locale = useLocale() === "ru" ? "ru" : "en";
  const typed = custom.filter(({ kind }) => ["text", "textarea", "number", "url"].includes(kind));
  return [
    ...leadFields.map((field) => ({ name: field, label: t(field) })),
    ...typed.map(({ key, label }) => ({
      name: toCustomName(key),
      label: label[locale] || label.en || label.ru,
    })),
  ];
}

type RestPieceProps = {
  piece: string;
  places: readonly Place[];
  onPut: (piece: string, name: InputName) => void;
  onDrop: (piece: string) => void;
};

function RestPiece({ piece, places, onPut, onDrop }: RestPieceProps) {
  const t = useTranslations("entry.paste");
  return (
    <li className="flex flex-wrap items-center gap-x-3">
      <span translate="no" className="min-w-0 font-medium wrap-anywhere">
        «{piece}»
      </span>
      <select
        aria-label={t("put", { piece })}
        value=""
        onChange={(event) => {
          const place = places.find(({ name }) => name === event.target.value);
          if (place) onPut(piece, place.name);
        }}
        className="min-h-8 cursor-pointer rounded-control border border-border-strong bg-surface px-2 text-13 text-ink pointer-coarse:min-h-11"
      >
        <option value="">{t("putInto")}</option>
        {places.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      <NoteButton onClick={() => onDrop(piece)}>{t("ignore")}</NoteButton>
    </li>
  );
}
