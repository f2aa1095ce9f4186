"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { decideChecked } from "@/lib/leads/actions";

/** Sends a suspicious lead on, or puts it away: one press each. */
export function CheckButtons({ id, className = "" }: { id: string; className?: string }) {
  const t = useTranslations("intake.check");
  const { refresh } = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<"changed" | "failed">();

  const decide = async (isGood: boolean) => {
    if (isBusy) return;
    setBusy(true);
    const answer = await callServer({ action: () => decideChecked({ id, isGood }) });
    setBusy(false);
    if (!answer.ok) setFailure(answer.code === "changed_meanwhile" ? "changed" : "failed");
    refresh();
  };

  return (
    <div className={`relative z-1 flex flex-wrap items-center gap-2 ${className}`}>
      <Button aria-disabled={isBusy} onClick={() => decide(true)}>
        {t("release")}
      </Button>
      <Button look="secondary" aria-disabled={isBusy} onClick={() => decide(false)}>
        {t("discard")}
      </Button>
      {failure && (
        <p role="alert" className="basis-full text-13 font-medium text-needs-admin-ink">
          {t(failure)}
        </p>
      )}
    </div>
  );
}
