"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { findSignOn } from "@/components/server/sign-on";
import { Button } from "@/components/ui/button";

/** The company's sign-in asks for the password again, in another tab: what was typed here stays. */
export function SignOnAgain({ onDone }: { onDone: () => void }) {
  const t = useTranslations("proof.signOn");
  const [isFailed, setFailed] = useState(false);

  const start = async () => {
    setFailed(false);
    // Opened before the answer, as browsers allow a new tab to a press alone.
    const tab = window.open("about:blank", "_blank");
    const address = await findSignOn(new URL("/profile", location.origin).href, {
      prompt: "login",
      max_age: "0",
    });
    if (address) return tab?.location.assign(address);
    tab?.close();
    setFailed(true);
  };

  return (
    <div className="flex flex-col gap-2">
      <p className="text-13 text-ink-muted">{t("hint")}</p>
      <Button className="w-full" onClick={start}>
        {t("verb")}
      </Button>
      <Button look="secondary" className="w-full" onClick={onDone}>
        {t("continue")}
      </Button>
      <p role="alert" className="text-13 font-medium text-needs-admin-ink empty:hidden">
        {isFailed && t("unreachable")}
      </p>
    </div>
  );
}
