"use client";

import { FlaskConical } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { useTargetName } from "@/components/mapping/use-target-name";
import { callServer, KOMMO_WAIT_MS, toFailureCode } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { RelativeTime } from "@/components/ui/relative-time";
import { sendTestLead } from "@/lib/account/actions";
import type { Mapping, TestResult } from "@/lib/domain/mapping/schema";

type TestLeadProps = { mapping: Mapping; last: TestResult | null; serverNow: number };

/** Sends one real lead, marked as a test, with the mapping on the page. */
export function TestLead({ mapping, last, serverNow }: TestLeadProps) {
  const t = useTranslations("mapping.test");
  const toWords = useFailureWords();
  const { refresh } = useRouter();
  const [question, ask] = useState<Question>();

  const open = () =>
    ask({
      title: t("question"),
      consequence: t("consequence"),
      verb: t("verb"),
      act: async () => {
        const failure = await toFailureCode(
          callServer({ action: () => sendTestLead(mapping), waitMs: KOMMO_WAIT_MS }),
        );
        return failure ? { sentence: toWords(failure) } : undefined;
      },
      onDone: refresh,
    });

  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button look="secondary" size="small" onClick={open}>
        <FlaskConical aria-hidden className="size-4" />
        {t("verb")}
      </Button>
      <div role="status" className="min-w-0 text-13">
        {last && <Last mapping={mapping} last={last} serverNow={serverNow} />}
      </div>
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </div>
  );
}

function Last({ mapping, last, serverNow }: Omit<TestLeadProps, "last"> & { last: TestResult }) {
  const t = useTranslations();
  const toName = useTargetName(mapping);
  const { at, problem, url, kommoLeadId, refused } = last;
  return (
    <>
      <p className={problem ? "text-needs-admin-ink" : "text-good-ink"}>
        {problem
          ? t(t.has(`kommo.failures.${problem}`) ? `kommo.failures.${problem}` : "kommo.failures.failed")
          : t("mapping.test.arrived")}{" "}
        {url && (
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            className="rounded-control font-medium text-accent-ink underline underline-offset-2"
          >
            {t("leads.open", { id: String(kommoLeadId) })}
          </a>
        )}{" "}
        <span className="text-ink-muted">
          <RelativeTime at={at} serverNow={serverNow} />
        </span>
      </p>
      <ul>
        {refused.map(({ field, key, code, path }) => (
          <li key={path} className="text-needs-admin-ink">
            {toName(field ?? key ?? path)}:{" "}
            {t(t.has(`delivery.refusals.${code}`) ? `delivery.refusals.${code}` : "delivery.refusals.other", {
              code,
            })}
          </li>
        ))}
      </ul>
    </>
  );
}
