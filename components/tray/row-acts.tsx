"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import type { LeadAct } from "@/components/lead/act-on-lead";
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
        <Press aria-keyshortcuts="Alt+U" onClick={() => onAct(id, "withdraw")}>
          {t("undo")}
        </Press>
      )}
      <Press aria-keyshortcuts={state === "held" ? "Alt+E" : undefined} onClick={() => onEdit(id)}>
        {t(state === "held" ? "edit" : state)}
      </Press>
      {state === "held" && <Press onClick={() => onAct(id, "send-now")}>{t("sendNow")}</Press>}
    </div>
  );
}

function Press(props: ComponentProps<"button">) {
  return (
    <button
      type="button"
      // Above the row's link, which under a finger is the whole row.
      className="relative z-1 inline-flex min-h-8 cursor-pointer items-center rounded-control px-2 text-13 font-medium text-accent-ink hover:bg-sunken pointer-coarse:min-h-11"
      {...props}
    />
  );
}
