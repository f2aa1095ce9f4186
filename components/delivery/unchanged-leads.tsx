"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";

const NAMES_SHOWN = 10;

type UnchangedLeadsProps = { leads: { id: string; title: string; reason: string }[] };

/** The leads that a decision came too late for, or did not fit, by the reason. */
export function UnchangedLeads({ leads }: UnchangedLeadsProps) {
  const t = useTranslations("delivery");
  const format = useFormatter();
  const toNames = (some: UnchangedLeadsProps["leads"]) => {
    const names = some.slice(0, NAMES_SHOWN).map(({ title }) => title || t("nameless"));
    const more = some.length - names.length;
    return format.list(more > 0 ? [...names, t("unchanged.more", { count: more })] : names);
  };
  if (leads.length === 0) return null;
  return (
    <div className="mb-3">
      <Notice
        role="alert"
        title={t("unchanged.title", { count: leads.length })}
        body={t("unchanged.body", { count: leads.length })}
      >
        <ul className="min-w-0 basis-full list-disc pl-5 text-13 text-ink">
          {[...new Set(leads.map(({ reason }) => reason))].map((reason) => (
            <li key={reason} className="wrap-anywhere">
              <span translate="no" className="font-semibold">
                {toNames(leads.filter((lead) => lead.reason === reason))}
              </span>
              {": "}
              {t(`unchanged.reasons.${t.has(`unchanged.reasons.${reason}`) ? reason : "other"}`)}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
