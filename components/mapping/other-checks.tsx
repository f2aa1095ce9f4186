"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { leaveToKommo } from "@/lib/domain/mapping/leave-to-kommo";
import type { Check, Mapping } from "@/lib/domain/mapping/schema";
import { CheckLines } from "./check-lines";

type OtherChecksProps = {
  checks: readonly Check[];
  onChange: (toNext: (mapping: Mapping) => Mapping) => void;
};

/** Problems that belong to none of our fields: fields that are required at a stage in Kommo and not on our form. */
export function OtherChecks({ checks, onChange }: OtherChecksProps) {
  const t = useTranslations("mapping");
  const unfilled = checks.filter(({ code }) => code === "required_unfilled");
  if (unfilled.length === 0) return null;
  return (
    <section aria-labelledby="unfilled" className="rounded-panel border border-border bg-surface p-4">
      <h3 id="unfilled" className="mb-2 font-semibold">
        {t("unfilled")}
      </h3>
      <ul>
        {unfilled.map((check) => (
          <li key={check.place} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1">
            <div className="min-w-0 grow basis-72">
              <CheckLines id={`unfilled-${check.place}`} checks={[check]} />
            </div>
            <Button
              look="secondary"
              size="small"
              aria-label={t("leaveOne", { name: String(check.values.name) })}
              onClick={() =>
                onChange((before) => leaveToKommo(before, check.place, String(check.values.name)))
              }
            >
              {t("leave")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
