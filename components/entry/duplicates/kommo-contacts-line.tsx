"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";

export function KommoContactsLine({ url }: { url: string }) {
  const t = useTranslations("entry.duplicates");
  return (
    <li className="flex items-baseline justify-between gap-2 px-3 py-1.5 text-ink-muted">
      {t("inKommo")}
      <a
        href={url}
        target="_blank"
        rel="noreferrer"
        className="relative rounded-control font-medium text-ink underline underline-offset-2 after:absolute after:-inset-1"
      >
        {t("openInKommo")}
        <ExternalLink aria-hidden className="ml-1 inline size-3 align-[-1px]" />
      </a>
    </li>
  );
}
