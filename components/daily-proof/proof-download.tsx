"use client";

import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { prepareExport } from "@/lib/export/actions";

type ProofDownloadProps = { day: string; onFailure: (code: string | undefined) => void };

/** Who downloads a list is asked who they are, as for every export. */
export function ProofDownload({ day, onFailure }: ProofDownloadProps) {
  const t = useTranslations("dailyProof");
  const format = useLocale() === "ru" ? "csv_excel" : "csv";
  const [isBusy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    const answer = await callServer({ action: () => prepareExport(undefined) });
    setBusy(false);
    onFailure(answer.ok ? undefined : answer.code);
    if (!answer.ok) return;
    const link = document.createElement("a");
    link.href = `/api/daily-proof/file?${new URLSearchParams({ date: day, format })}`;
    link.download = "";
    link.click();
  };
  return (
    <Button
      look="secondary"
      size="small"
      aria-disabled={isBusy}
      onClick={() => !isBusy && start()}
      className="lg:h-9"
    >
      <Download aria-hidden className="size-4" />
      {t(isBusy ? "preparing" : "download")}
    </Button>
  );
}
