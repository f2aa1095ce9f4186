"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** For a person who may not decide, to send the page's address to somebody who may. */
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
