"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { findSignOn } from "@/components/server/sign-on";
import { Button } from "@/components/ui/button";
import { toOwnPage } from "./sign-in";

/** Goes to the company's sign-in, which leads back here. */
export function SignOnButton({ callback }: { callback: string | undefined }) {
  const t = useTranslations("people.signOn");
  const [isFailed, setFailed] = useState(false);

  const start = async () => {
    setFailed(false);
    const address = await findSignOn(new URL(toOwnPage(callback, location.origin), location.origin).href);
    if (address) location.assign(address);
    else setFailed(true);
  };

  return (
    <div className="mt-2 border-t border-border pt-6">
      <Button look="secondary" className="w-full" onClick={start}>
        <KeyRound aria-hidden className="size-4" />
        {t("verb")}
      </Button>
      <p role="alert" className="mt-2 text-13 font-medium text-needs-admin-ink empty:hidden">
        {isFailed && t("unreachable")}
      </p>
    </div>
  );
}
