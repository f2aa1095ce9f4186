"use client";

import { useTranslations } from "next-intl";
import type { LeadAct } from "@/components/lead/act-on-lead";
import { RowButton } from "@/components/ui/row-button";
import type { LeadSummary } from "@/lib/domain/lead/schema";

type RowActsProps = {
  lead: LeadSummary;
  onAct: (id: string, act: LeadAct) => void;
  onEdit: (id: string) => void;
};

/** What its author can still do to a lead. */
export function RowActs({ lead, onAct, onEdit }: RowActsProps) {
  const t = useTranslations("entry.tray");
  const { id, state } = lead;
  if (state !== "held" && state !== "needs_fix" && state !== "withdrawn") return null;
  return (
    <div className="mt-1 -ml-2 flex flex-wrap gap-1">
      {state === "held" && (
        <RowButton aria-keyshortcuts="Alt+U" onClick={() => onAct(id, "withdraw")}>
          {t("undo")}
        </RowButton>
      )}
      <RowButton aria-keyshortcuts={state === "held" ? "Alt+E" : undefined} onClick={() => onEdit(id)}>
        {t(state === "held" ? "edit" : state)}
      </RowButton>
      {state === "held" && <RowButton onClick={() => onAct(id, "send-now")}>{t("sendNow")}</RowButton>}
    </div>
  );
}
