"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { returnToForm } from "@/lib/domain/mapping/leave-to-kommo";
import type { Mapping } from "@/lib/domain/mapping/schema";

type LeftToKommoProps = { mapping: Mapping; onChange: (toNext: (mapping: Mapping) => Mapping) => void };

/** Required fields that an admin has left to people in Kommo. This can be undone here. */
export function LeftToKommo({ mapping, onChange }: LeftToKommoProps) {
  const t = useTranslations("mapping");
  if (mapping.leftToKommo.length === 0) return null;
  return (
    <section aria-labelledby="left" className="rounded-panel border border-border bg-surface p-4">
      <h3 id="left" className="mb-2 font-semibold">
        {t("left")}
      </h3>
      <ul>
        {mapping.leftToKommo.map(({ place, name }) => (
          <li key={place} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1">
            <span className="min-w-0 grow basis-72 break-words">{name}</span>
            <Button
              look="secondary"
              size="small"
              aria-label={t("askAgainFor", { name })}
              onClick={() => onChange((before) => returnToForm(before, place))}
            >
              {t("askAgain")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
