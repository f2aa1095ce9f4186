"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

type ShownCodesProps = { codes: string[]; onSaved: () => void };

/** The database keeps only hashes, so the codes cannot be shown again. */
export function ShownCodes({ codes, onSaved }: ShownCodesProps) {
  const t = useTranslations("factor.codes");
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), []);

  return (
    <div ref={panel} tabIndex={-1} role="status" className="rounded-panel bg-needs-you-tint p-4 outline-none">
      <p className="font-semibold text-needs-you-ink">{t("shownTitle")}</p>
      <p className="mt-1 text-ink">{t("shownBody")}</p>
      <ul
        aria-label={t("title")}
        translate="no"
        className="mt-3 grid grid-cols-2 gap-1 font-mono text-14 text-ink"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <Button onClick={onSaved}>{t("saved")}</Button>
        <CopyButton
          text={codes.join("\n")}
          label={t("copy")}
          className="border border-border-strong bg-surface px-3 text-13 max-lg:min-h-11 lg:min-h-10"
        >
          {t("copy")}
        </CopyButton>
      </div>
    </div>
  );
}
