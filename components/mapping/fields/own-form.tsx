"use client";

import { useTranslations } from "next-intl";
import type { LeadField } from "@/lib/domain/lead/fields";
import { moveField, toLayout } from "@/lib/domain/mapping/layout";
import type { Check, Mapping } from "@/lib/domain/mapping/schema";
import { OwnFormRow } from "./own-form-row";

type OwnFormProps = {
  mapping: Mapping;
  checks: readonly Check[];
  onChange: (toNext: (mapping: Mapping) => Mapping) => void;
};

/** Our fields as the form shows them: their order, their names, and those that every lead must have. */
export function OwnForm({ mapping, checks, onChange }: OwnFormProps) {
  const t = useTranslations("mapping.ownForm");
  const layout = toLayout(mapping.layout);
  const toMove = (field: LeadField, step: 1 | -1) => {
    if (!moveField(layout, field, step)) return undefined;
    return () =>
      onChange((before) => {
        const moved = moveField(toLayout(before.layout), field, step);
        return moved ? { ...before, layout: moved } : before;
      });
  };
  const toRow = (field: LeadField) => (
    <OwnFormRow
      key={field}
      {...{ field, mapping, onChange }}
      checks={checks.filter(({ place }) => place === `form-${field}`)}
      onUp={toMove(field, -1)}
      onDown={toMove(field, 1)}
    />
  );

  const border = (
    <li key="more" className="border-b border-border bg-sunken px-4 py-2 text-13 font-medium text-ink-muted">
      {t("more")}
    </li>
  );

  return (
    <section aria-labelledby="own-form" className="rounded-panel border border-border bg-surface">
      <div className="border-b border-border px-4 py-3">
        <h3 id="own-form" className="font-semibold">
          {t("title")}
        </h3>
        <p className="mt-1 text-13 text-ink-muted">{t("hint")}</p>
      </div>
      <ol>
        {/* One list: over the border too, a row keeps its element and with it the focus. */}
        {[...layout.first.map(toRow), border, ...layout.more.map(toRow)]}
      </ol>
    </section>
  );
}
