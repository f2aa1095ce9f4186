"use client";

import { useTranslations } from "next-intl";
import type { Check } from "@/lib/mapping/schema";
import { CheckLines } from "./check-lines";

/** What concerns no field of ours: fields that Kommo's people have to fill at a stage and we do not. */
export function OtherChecks({ checks }: { checks: readonly Check[] }) {
  const t = useTranslations("mapping");
  const unfilled = checks.filter(({ code }) => code === "required_unfilled");
  if (unfilled.length === 0) return null;
  return (
    <section aria-labelledby="unfilled" className="rounded-panel border border-border bg-surface p-4">
      <h3 id="unfilled" className="mb-2 font-semibold">
        {t("unfilled")}
      </h3>
      <CheckLines id="unfilled-checks" checks={unfilled} />
    </section>
  );
}
