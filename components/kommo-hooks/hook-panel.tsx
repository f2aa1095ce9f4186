"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { makeHookAddress } from "@/lib/kommo-hooks/actions";
import type { HookState } from "@/lib/kommo-hooks/schema";

type HookPanelProps = { hook: HookState | null; serverNow: number };

/** Where Kommo sends its webhooks, so that outcomes are seen within seconds; without them they are read once a minute. */
export function HookPanel({ hook, serverNow }: HookPanelProps) {
  const t = useTranslations("hooks");
  return (
    <section aria-labelledby="hooks" className="rounded-panel border border-border bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-border px-4 py-2">
        <h2 id="hooks" className="text-16 font-semibold">
          {t("title")}
        </h2>
        <Change hasAddress={hook !== null} />
      </div>
      {hook?.isSilent && (
        <p className="border-b border-border bg-needs-you-tint px-4 py-2 text-needs-you-ink">{t("silent")}</p>
      )}
      <div className="flex max-w-3xl flex-col gap-3 px-4 py-3">
        <p className="text-ink-muted">{t("intro")}</p>
        {hook?.address && <Address address={hook.address} />}
        {hook && hook.address === null && <p className="text-needs-admin-ink">{t("unreadable")}</p>}
        {hook && <News hook={hook} serverNow={serverNow} />}
      </div>
    </section>
  );
}

function Address({ address }: { address: string }) {
  const t = useTranslations("hooks");
  return (
    <div>
      <p className="mb-1 text-13 font-medium">{t("address")}</p>
      <div className="flex items-center gap-2 rounded-panel border border-border bg-sunken p-2">
        <code translate="no" className="min-w-0 grow p-1 font-mono text-12 break-all">
          {address}
        </code>
        <CopyButton text={address} label={t("copy")} className="shrink-0" />
      </div>
      <p className="mt-1 max-w-prose text-12 text-ink-faint">{t("where")}</p>
    </div>
  );
}

function News({ hook: { lastAt, setAt, setBy }, serverNow }: { hook: HookState; serverNow: number }) {
  const t = useTranslations("hooks");
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 text-13">
      <div>
        <dt className="text-12 text-ink-faint">{t("last")}</dt>
        <dd>{lastAt === null ? t("none") : <RelativeTime at={lastAt} serverNow={serverNow} />}</dd>
      </div>
      <div>
        <dt className="text-12 text-ink-faint">{t("made")}</dt>
        <dd>
          <span translate="no">{setBy}</span>, <RelativeTime at={setAt} serverNow={serverNow} />
        </dd>
      </div>
    </dl>
  );
}

function Change({ hasAddress }: { hasAddress: boolean }) {
  const t = useTranslations("hooks");
  const router = useRouter();
  const [question, setQuestion] = useState<Question>();
  const [problem, setProblem] = useState<string>();
  const make = async () => {
    const answer = await callServer({ action: () => makeHookAddress(undefined) });
    return answer.ok ? undefined : { sentence: t("failed") };
  };
  const makeFirst = async () => {
    const refusal = await make();
    setProblem(refusal?.sentence);
    if (!refusal) router.refresh();
  };
  const ask = () =>
    setQuestion({
      ...{ title: t("question"), consequence: t("consequence"), verb: t("replace") },
      act: make,
      onDone: () => router.refresh(),
    });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p role="status" className="text-13 font-medium text-needs-admin-ink empty:hidden">
        {problem}
      </p>
      <Button size="small" look="secondary" onClick={hasAddress ? ask : makeFirst}>
        {t(hasAddress ? "replace" : "make")}
      </Button>
      {question && <Confirm question={question} onClose={() => setQuestion(undefined)} />}
    </div>
  );
}
