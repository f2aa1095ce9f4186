"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import type { RoutingDraft } from "@/components/routing/use-routing-draft";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { Disclosure } from "@/components/ui/disclosure";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RoutingDesk } from "@/lib/routing/schema";
import { RoutingDifferences } from "./routing-differences";

type RoutingVersionsProps = { versions: RoutingDesk["versions"]; draft: RoutingDraft; serverNow: number };

/** Earlier versions, newest first. Each can be published again. */
export function RoutingVersions({ versions, draft, serverNow }: RoutingVersionsProps) {
  const t = useTranslations("mapping.versions");
  const toWords = useFailureWords();
  const [question, ask] = useState<Question>();
  const newest = versions[0]?.version ?? 0;
  const open = (version: number) =>
    ask({
      title: t("question", { version }),
      consequence: t("consequence", { next: newest + 1, version }),
      verb: t("verb"),
      act: async () => {
        const code = await draft.rollBack(version);
        if (code === "routing_conflict") draft.reload();
        // Without a draft of one's own, what could not be published is the draft now, to be mended.
        if (code === "routing_unsound" && !draft.isDraft) draft.restart();
        return code ? { sentence: toWords(code) } : undefined;
      },
      onDone: draft.restart,
    });
  return (
    <section aria-labelledby="versions" className="rounded-panel border border-border bg-surface">
      <h2 id="versions" className="border-b border-border px-4 py-3 text-16 font-semibold">
        {t("title")}
      </h2>
      {versions.length === 0 && <p className="px-4 py-3 text-13 text-ink-muted">{t("none")}</p>}
      <ol>
        {versions.map(({ version, publishedAt, publishedBy, differences }) => (
          <li key={version} className="border-b border-border px-4 py-2 last:border-b-0">
            <div className="flex flex-wrap items-center justify-between gap-x-4">
              <p>
                <span className="font-medium">{t("version", { version })}</span>{" "}
                <span className="text-13 text-ink-muted">
                  {publishedBy} · <RelativeTime at={publishedAt} serverNow={serverNow} />
                </span>
              </p>
              {version !== newest && (
                <Button
                  look="secondary"
                  size="small"
                  aria-label={t("openOne", { version })}
                  onClick={() => open(version)}
                >
                  {t("open")}
                </Button>
              )}
            </div>
            {differences.length > 0 && (
              <Disclosure title={t("changes", { count: differences.length })}>
                {() => <RoutingDifferences differences={differences} />}
              </Disclosure>
            )}
          </li>
        ))}
      </ol>
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </section>
  );
}
