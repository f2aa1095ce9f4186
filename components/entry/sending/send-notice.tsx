"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { SendProblem } from "@/components/lead/send-lead";
import { SignInAgain } from "@/components/sign-in/sign-in-again";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

const verbs: Partial<Record<SendProblem, string>> = {
  already_left: "sendAsAnother",
};

export function SendNotice({ problem, onAgain }: { problem: SendProblem; onAgain: () => void }) {
  const t = useTranslations("lead.sending");
  const show = useCallback((element: HTMLDivElement | null) => {
    element?.scrollIntoView({ block: "nearest" });
  }, []);

  return (
    <div ref={show} className="scroll-mb-16 pt-2">
      <Notice role="alert" title={t(`${problem}.title`)} body={t(`${problem}.body`)}>
        {problem === "signed_out" ? (
          <SignInAgain onSignedIn={onAgain} />
        ) : (
          <Button look="secondary" onClick={onAgain}>
            {t(verbs[problem] ?? "again")}
          </Button>
        )}
      </Notice>
    </div>
  );
}
