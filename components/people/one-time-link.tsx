"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";

/** The database keeps only a hash, so the link cannot be shown again. */
export function OneTimeLink({ address, name }: { address: string; name: string }) {
  const t = useTranslations("people.link");
  return (
    <div role="status" className="rounded-panel bg-good-tint p-4">
      <p className="font-semibold text-good-ink">{t("title", { name })}</p>
      <p className="mt-1 text-ink">{t("body")}</p>
      <div className="mt-3 flex items-center gap-2">
        <input
          readOnly
          aria-label={t("label")}
          value={address}
          onFocus={(event) => event.currentTarget.select()}
          className="block h-11 w-full min-w-0 rounded-control border border-border-strong bg-surface px-3 font-mono text-13 text-ink lg:h-10"
        />
        <CopyButton
          text={address}
          label={t("copy")}
          className="shrink-0 border border-border-strong bg-surface px-3 max-lg:min-h-11 lg:min-h-10"
        />
      </div>
    </div>
  );
}
