"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { startTotp } from "@/lib/second-factor/actions";
import type { TotpSheet } from "@/lib/second-factor/schema";
import { PasskeySetUp } from "./passkey-set-up";
import { ShownCodes } from "./shown-codes";
import { TotpSetUp } from "./totp-set-up";
import { useFactorFailure } from "./use-factor-failure";
import { usePasskeySupport } from "./use-passkey-support";

/** Sets one up, shows the recovery codes, and goes on. */
export function FirstFactor({ onDone }: { onDone: () => void }) {
  const t = useTranslations("factor");
  const toFailure = useFactorFailure();
  const hasPasskeys = usePasskeySupport();
  const [doing, setDoing] = useState<TotpSheet | "passkey">();
  const [codes, setCodes] = useState<string[]>();
  const [failure, setFailure] = useState<string>();

  const startApp = async () => {
    setFailure(undefined);
    const answer = await callServer({ action: () => startTotp(undefined) });
    if (answer.ok) setDoing(answer.value);
    else setFailure(answer.code);
  };
  const steps = { onDone: setCodes, onCancel: () => setDoing(undefined) };
  if (codes) return <ShownCodes codes={codes} onSaved={onDone} />;
  if (doing === "passkey") return <PasskeySetUp {...steps} />;
  if (doing) return <TotpSetUp sheet={doing} {...steps} />;

  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-ink-muted">{t("app.what")}</p>
      <Button className="w-full" onClick={startApp}>
        {t("app.setUp")}
      </Button>
      {hasPasskeys && (
        <>
          <p className="mt-3 text-13 text-ink-muted">{t("passkeys.what")}</p>
          <Button look="secondary" className="w-full" onClick={() => setDoing("passkey")}>
            {t("passkeys.add")}
          </Button>
        </>
      )}
      {failure && <Notice role="alert" {...toFailure(failure)} />}
    </div>
  );
}
