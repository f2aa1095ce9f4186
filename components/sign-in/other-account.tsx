"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { signOutTo } from "@/components/shell/sign-out";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

type OtherAccountProps = { name: string; email: string };

/** A link for one person, opened in the browser of another. */
export function OtherAccount({ name, email }: OtherAccountProps) {
  const t = useTranslations("people.otherAccount");
  const [isFailed, setFailed] = useState(false);

  return (
    <Notice title={t("title", { name })} body={t("body", { email })}>
      <Button look="secondary" onClick={() => signOutTo(location.href).catch(() => setFailed(true))}>
        {t("verb")}
      </Button>
      <p role="alert" className="font-medium empty:hidden">
        {isFailed && t("failed")}
      </p>
    </Notice>
  );
}
