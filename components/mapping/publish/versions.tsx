"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import type { MappingDraft } from "@/components/mapping/use-mapping-draft";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { Disclosure } from "@/components/ui/disclosure";
import { RelativeTime } from "@/components/ui/relative-time";
import type { KommoDesk } from "@/lib/mapping/schema";
import { Differences } from "./differences";

type VersionsProps = {
  versions: KommoDesk["versions"];
  draft: MappingDraft;
  serverNow: number;
};

const BECOMES_DRAFT = ["mapping_conflict", "mapping_unsound"];

/** Earlier versions, newest first. Each can be published again. */
export function Versions({ versions, draft, serverNow }: VersionsProps) {
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
        // A version that could not be published is now the draft, with everything that has to be fixed.
        if (code && BECOMES_DRAFT.includes(code)) draft.restart();
        return code ? { sentence: toWords(code) } : undefined;
      },
      onDone: draft.restart,
    });

  return (
    <section aria-labelledby="versions" className="rounded-panel border border-border bg-surface">
      <h3 id="versions" className="border-b border-border px-4 py-3 font-semibold">
        {t("title")}
      </h3>
      {versions.length === 0 && <p className="px-4 py-3 text-13 text-ink-muted">{t("none")}</p>}
      <ol>
        {versions.map(({ version, publishedAt, publishedBy, differences }) => (
          <li key={version} className="group/row border-b border-border px-4 py-2 last:border-b-0">
            <div className="flex flex-wrap items-center justify-between gap-x-4">
              <p>
                <span className="font-medium">{t("version", { version })}</span>{" "}
                <span className="text-13 text-ink-muted">
                  {publishedBy ?? t("settings")} · <RelativeTime at={publishedAt} serverNow={serverNow} />
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
                {() => <Differences differences={differences} mapping={draft.mapping} />}
              </Disclosure>
            )}
          </li>
        ))}
      </ol>
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </section>
  );
}
