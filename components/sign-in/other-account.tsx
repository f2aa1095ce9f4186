"use client";

import { useTranslations } from "next-intl";
import { useSignOut } from "@/components/shell/use-sign-out";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

type OtherAccountProps = { personId: string; name: string; email: string };

/** A link for one person, opened in the browser of another. */
export function OtherAccount({ personId, name, email }: OtherAccountProps) {
  const t = useTranslations("people.otherAccount");
  const { press, isFailed, question } = useSignOut(personId, () => location.href);

  return (
    <Notice title={t("title", { name })} body={t("body", { email })}>
      <Button look="secondary" onClick={press}>
        {t("verb")}
      </Button>
      {question}
      <p role="alert" className="font-medium empty:hidden">
        {isFailed && t("failed")}
      </p>
    </Notice>
  );
}
