"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** For somebody who may not decide: the page's address, to give to who may. */
export function CopyAddress() {
  const t = useTranslations("delivery.remedy");
  const [words, setWords] = useState<"copy" | "copied" | "notCopied">("copy");
  const copy = () =>
    navigator.clipboard.writeText(window.location.href).then(
      () => setWords("copied"),
      () => setWords("notCopied"),
    );
  return (
    <>
      <Button look="secondary" onClick={copy}>
        {t("copy")}
      </Button>
      <span role="status" className="text-13 text-ink">
        {words === "copy" ? "" : t(words)}
      </span>
    </>
  );
}
