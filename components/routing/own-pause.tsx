"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { callServer, toFailureCode } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { pauseMyLeads } from "@/lib/routing/actions";

type OwnPauseProps = {
  recipient: { name: string; pausedAt: number | null; pausedBy: string | null; isPausedByOther: boolean };
};

/** For who gets leads in Kommo: no more of them, until this is switched back. A pause by another is theirs to end. */
export function OwnPause({ recipient: { name, pausedAt, pausedBy, isPausedByOther } }: OwnPauseProps) {
  const t = useTranslations("routing.own");
  const toWords = useFailureWords();
  const router = useRouter();
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const isPaused = pausedAt !== null;
  const press = async () => {
    if (isBusy) return;
    setBusy(true);
    const code = await toFailureCode(callServer({ action: () => pauseMyLeads(!isPaused) }));
    setBusy(false);
    setFailure(code);
    if (!code) router.refresh();
  };
  if (isPausedByOther)
    return <p className="text-14">{t("pausedByOther", { by: pausedBy ?? t("somebody"), name })}</p>;
  return (
    <>
      <p role="status" className="mb-2 text-14">
        {t(isPaused ? "paused" : "active", { name })}
      </p>
      <Button look="secondary" aria-disabled={isBusy} onClick={press}>
        {t(isPaused ? "resume" : "pause")}
      </Button>
      {failure && (
        <p role="alert" className="mt-2 text-13 font-medium text-needs-admin-ink">
          {toWords(failure)}
        </p>
      )}
    </>
  );
}
