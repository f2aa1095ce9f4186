"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { callServer, toFailureCode } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/relative-time";
import { tryAttaching } from "@/lib/account/actions";
import { switchAttaching } from "@/lib/known-clients/actions";
import type { Attaching } from "@/lib/known-clients/schema";
import { SectionHead } from "./section-head";

type KnownClientsProps = { attaching: Attaching; serverNow: number };

/** Whether leads are added to the contacts that Kommo has. It holds at once, and only where a trial has shown that it works. */
export function KnownClients({ attaching, serverNow }: KnownClientsProps) {
  const t = useTranslations("routing.attaching");
  const toWords = useFailureWords();
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { onAt, endedWhy, trial } = attaching;
  const isOn = onAt !== null;
  const run = async (act: () => ReturnType<typeof switchAttaching>) => {
    if (isBusy) return;
    setBusy(true);
    const code = await toFailureCode(callServer({ action: act }));
    setBusy(false);
    setFailure(code);
    router.refresh();
  };
  return (
    <section aria-labelledby="attaching" className="rounded-panel border border-border bg-surface p-4">
      <SectionHead id="attaching" title={t("title")} hint={t("hint")}>
        {(isOn || trial?.result === "ok") && (
          <Button
            size="small"
            look={isOn ? "secondary" : undefined}
            aria-disabled={isBusy}
            onClick={() => run(() => switchAttaching(!isOn))}
          >
            {t(isOn ? "switchOff" : "switchOn")}
          </Button>
        )}
      </SectionHead>
      <p role="status" className="mt-2 max-w-prose text-14">
        {t(isOn ? "on" : "off")}
      </p>
      {!isOn && endedWhy && (
        <p className="mt-1 max-w-prose text-14 text-needs-admin-ink">{t(`ended.${endedWhy}`)}</p>
      )}
      {!isOn && <TryIt isBusy={isBusy} onTry={(phone) => run(() => tryAttaching(phone))} />}
      {trial && (
        <p
          className={`mt-2 max-w-prose text-13 ${trial.result === "ok" ? "text-good-ink" : "text-needs-you-ink"}`}
        >
          {t(`results.${trial.result}`)}{" "}
          {trial.leadUrl && (
            <a
              href={trial.leadUrl}
              target="_blank"
              rel="noreferrer"
              className="font-medium text-ink underline underline-offset-2"
            >
              {t("openLead")}
            </a>
          )}{" "}
          <span className="text-ink-muted">
            <RelativeTime at={trial.at} serverNow={serverNow} />
            {trial.by && (
              <>
                , <span translate="no">{trial.by}</span>
              </>
            )}
          </span>
        </p>
      )}
      {failure && (
        <p role="alert" className="mt-2 text-13 font-medium text-needs-admin-ink">
          {toWords(failure)}
        </p>
      )}
    </section>
  );
}

function TryIt({ isBusy, onTry }: { isBusy: boolean; onTry: (phone: string) => void }) {
  const t = useTranslations("routing.attaching");
  const [phone, setPhone] = useState("");
  return (
    <form
      noValidate
      className="mt-2 grid max-w-xl items-start gap-x-3 sm:grid-cols-[1fr_auto]"
      onSubmit={(event) => {
        event.preventDefault();
        if (phone.trim() !== "") onTry(phone);
      }}
    >
      <Field
        id="attaching-phone"
        type="tel"
        label={t("phone")}
        hint={t("phoneHint")}
        value={phone}
        maxLength={64}
        onChange={({ target: { value } }) => setPhone(value)}
      />
      <Button
        type="submit"
        className="sm:mt-6"
        look="secondary"
        aria-disabled={isBusy || phone.trim() === ""}
      >
        {t(isBusy ? "busy" : "try")}
      </Button>
    </form>
  );
}
