"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { otherLeadProblems, type SendProblem } from "@/components/lead/send-lead";
import { SignInAgain } from "@/components/sign-in/sign-in-again";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

type SendNoticeProps = {
  problem: SendProblem;
  /** `asAnother`: under a new id. */
  onAgain: (asAnother: boolean) => void;
};

export function SendNotice({ problem, onAgain }: SendNoticeProps) {
  const t = useTranslations("lead.sending");
  const asAnother = otherLeadProblems.some((other) => other === problem);
  const show = useCallback((element: HTMLDivElement | null) => {
    element?.scrollIntoView({ block: "nearest" });
  }, []);

  return (
    <div ref={show} className="scroll-mb-16 pt-2">
      <Notice role="alert" title={t(`${problem}.title`)} body={t(`${problem}.body`)}>
        {problem === "signed_out" ? (
          <SignInAgain onSignedIn={() => onAgain(false)} />
        ) : (
          <Button look="secondary" onClick={() => onAgain(asAnother)}>
            {t(asAnother ? "sendAsAnother" : "again")}
          </Button>
        )}
      </Notice>
    </div>
  );
}
