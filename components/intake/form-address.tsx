"use client";

import { ExternalLink } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type Answer, callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { CopyButton } from "@/components/ui/copy-button";
import { pause, replaceKey, resume } from "@/lib/intake/actions";
import { useIntakeFailure } from "./use-intake-failure";

type FormAddressProps = { id: string; desk: string; formKey: string; isPaused: boolean };

/** Where the form sends to, what goes into the page, and what can be done to the address. */
export function FormAddress({ id, desk, formKey, isPaused }: FormAddressProps) {
  const t = useTranslations("intake");
  const path = `/api/intake/${formKey}`;
  const address = desk + path;
  const page = `${desk}/f/${formKey}`;
  const router = useRouter();
  const toFailure = useIntakeFailure();
  const [question, setQuestion] = useState<Question>();
  const [news, setNews] = useState<{ words: string; isFailure: boolean }>();

  const ask = (words: "pause" | "resume" | "rotate", run: () => Promise<Answer>) =>
    setQuestion({
      title: t(`${words}.question`),
      consequence: t(`${words}.consequence`),
      verb: t(`${words}.verb`),
      act: async () => {
        const answer = await callServer({ action: run });
        return answer.ok ? undefined : { sentence: toFailure(answer.code) };
      },
      onDone: () => router.refresh(),
    });
  const sendTest = async () => {
    setNews(undefined);
    const isAnswered = await postTest(path);
    setNews({ words: t(isAnswered ? "test.done" : "test.failed"), isFailure: !isAnswered });
    router.refresh();
  };

  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <Copyable label={t("address")} text={address} />
      <Copyable
        label={t("embedded")}
        hint={t("hints.embedded")}
        text={toEmbedded(desk, page, formKey)}
        isLong
      />
      <Copyable label={t("hosted")} hint={t("hints.hosted")} text={page}>
        <a
          href={`/f/${formKey}`}
          target="_blank"
          rel="noopener"
          className="inline-flex min-h-11 items-center gap-1 rounded-control text-13 font-medium text-accent-ink hover:underline lg:min-h-6"
        >
          {t("openPage")}
          <ExternalLink aria-hidden className="size-3.5" />
        </a>
      </Copyable>
      <details>
        <summary className="cursor-pointer rounded-control py-2 text-13 font-medium">{t("snippet")}</summary>
        <Copyable label={t("snippetCode")} text={toSnippet(address)} isLong />
      </details>
      <div className="flex flex-wrap items-center gap-2">
        <Button look="secondary" onClick={sendTest}>
          {t("test.verb")}
        </Button>
        {isPaused ? (
          <Button look="secondary" onClick={() => ask("resume", () => resume(id))}>
            {t("resume.verb")}
          </Button>
        ) : (
          <Button look="secondary" onClick={() => ask("pause", () => pause(id))}>
            {t("pause.verb")}
          </Button>
        )}
        <Button look="secondary" onClick={() => ask("rotate", () => replaceKey(id))}>
          {t("rotate.verb")}
        </Button>
      </div>
      <p
        role="status"
        className={`text-13 font-medium empty:hidden ${news?.isFailure ? "text-needs-admin-ink" : "text-good-ink"}`}
      >
        {news?.words}
      </p>
      {question && <Confirm question={question} onClose={() => setQuestion(undefined)} />}
    </div>
  );
}

type CopyableProps = {
  label: string;
  text: string;
  hint?: string;
  isLong?: boolean;
  children?: ReactNode;
};

function Copyable({ label, text, hint, isLong = false, children }: CopyableProps) {
  const t = useTranslations("intake");
  return (
    <div>
      <p className="mb-1 text-13 font-medium">{label}</p>
      <div className="flex items-start gap-2 rounded-panel border border-border bg-sunken p-2">
        <code
          translate="no"
          className={`min-w-0 grow p-1 font-mono text-12 break-all ${isLong ? "whitespace-pre-wrap" : ""}`}
        >
          {text}
        </code>
        <CopyButton text={text} label={t("copy", { what: label })} className="shrink-0" />
      </div>
      {hint && <p className="mt-1 text-12 text-ink-faint">{hint}</p>}
      {children}
    </div>
  );
}

/** A browser without script is led to the page, with the address that it comes from. */
function toEmbedded(desk: string, page: string, key: string): string {
  return `<script src="${desk}/form.js" data-key="${key}" async></script>\n<noscript><a href="${page}" referrerpolicy="no-referrer-when-downgrade">${page}</a></noscript>`;
}

function toSnippet(address: string): string {
  return `<form method="post" action="${address}">\n  <input name="name">\n  <input name="phone" type="tel" required>\n  <input name="_trap" tabindex="-1" autocomplete="off" aria-hidden="true" style="position:absolute;left:-9999px">\n  <input name="_time" type="hidden">\n  <button>Send</button>\n</form>\n<script>\n  fetch("${address}?token").then((answer) => answer.json()).then(({ token }) => {\n    document.querySelector("[name=_time]").value = token;\n  });\n</script>`;
}

/** To the real address, as any sender does. It is marked as a test, so it makes no lead. */
async function postTest(path: string): Promise<boolean> {
  const body = JSON.stringify({ test: "test", name: "Test", phone: "+79001234567" });
  const headers = { "content-type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body }).catch(() => undefined);
  return response?.ok === true;
}
