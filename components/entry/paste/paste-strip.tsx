"use client";

import { ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Dispatch, EntryState } from "@/components/entry/entry-state";
import { swapNames } from "@/components/entry/fields/set-values";
import { useInputLabel } from "@/components/entry/fields/use-input-label";
import type { LeadForm } from "@/components/entry/typed-lead";
import { NoteButton } from "@/components/ui/note-button";
import { Leftovers } from "./leftovers";

type PasteStripProps = {
  form: LeadForm;
  state: EntryState;
  dispatch: Dispatch;
  acts: Record<"undoPaste" | "noteLeftovers", () => void>;
};

/** Read aloud; its region is on the page from the start, as what comes with its own region is not read. */
export function PasteNews({ state: { paste, leftovers, rules } }: { state: EntryState }) {
  const toLabel = useInputLabel(rules);
  const t = useTranslations("entry.paste");
  const filled = paste?.filled ?? [];
  if (paste?.isTooLong) return t("tooLong");
  if (filled.length === 0 && leftovers.length === 0) return null;
  return t("said", {
    fields: filled.map(toLabel).join(", ") || t("nothing"),
    leftovers: leftovers.join(", ") || t("nothing"),
  });
}

/**
 * What a paste filled, how to correct it, and its leftovers. A wide page shows it under the fields, a narrow one above the
 * button that sends, which stays in sight.
 */
export function PasteStrip({ at, ...props }: PasteStripProps & { at: "narrow" | "wide" }) {
  const { paste, leftovers } = props.state;
  const isWide = matchMedia("(min-width: 64rem)").matches;
  const hasNothing = !paste?.isTooLong && !paste?.filled.length && leftovers.length === 0;
  if (hasNothing || isWide !== (at === "wide")) return null;
  return isWide ? <WideStrip {...props} /> : <NarrowStrip {...props} />;
}

function useSummary({ paste }: EntryState): string {
  const t = useTranslations("entry.paste");
  if (paste?.isTooLong) return t("tooLong");
  if (!paste || (paste.changed.length > 0 && paste.filled.length === 0)) return t("leftOver");
  return t(paste.isNameUnsure ? "filledUnsure" : "filled", { count: paste.filled.length });
}

function WideStrip(props: PasteStripProps) {
  const t = useTranslations("entry.paste");
  return (
    <section aria-label={t("title")} className={`${LOOK} mb-3 py-2`}>
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span>{useSummary(props.state)}</span>
        <PasteActs {...props} />
      </p>
      <Leftovers {...props} />
    </section>
  );
}

/** Folded to one line, which hides as little of the form as can be. */
function NarrowStrip(props: PasteStripProps) {
  const t = useTranslations("entry.paste");
  const { leftovers } = props.state;
  const summary = useSummary(props.state);
  return (
    <section aria-label={t("title")} className={LOOK}>
      <details className="group/strip">
        <summary className="flex min-h-11 cursor-pointer items-center gap-2 rounded-control">
          <span className="min-w-0 grow truncate">
            {leftovers.length === 0 && summary}
            {leftovers.length > 0 && (
              <>
                {t("leftovers")}:{" "}
                <b translate="no" className="font-medium">
                  {leftovers.map((leftover) => `«${leftover}»`).join(" ")}
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
            <PasteActs {...props} />
          </p>
          <Leftovers {...props} />
        </div>
      </details>
    </section>
  );
}

const LOOK = "rounded-panel border border-accent bg-accent-tint px-3 text-13";

function PasteActs({ form, state: { paste }, acts }: PasteStripProps) {
  const t = useTranslations("entry.paste");
  // After a reload nobody knows what the paste had filled.
  if (!paste || paste.isTooLong) return null;
  return (
    <>
      {(paste.filled.includes("name") || paste.filled.includes("surname")) && (
        <NoteButton onClick={() => swapNames(form)} aria-keyshortcuts="Alt+S">
          {t("swap")}
        </NoteButton>
      )}
      <NoteButton onClick={acts.undoPaste} aria-keyshortcuts="Control+Z Meta+Z">
        {t("undo")}
      </NoteButton>
    </>
  );
}
