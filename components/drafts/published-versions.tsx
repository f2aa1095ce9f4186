"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { Disclosure } from "@/components/ui/disclosure";
import { RelativeTime } from "@/components/ui/relative-time";

type Version<D> = {
  version: number;
  publishedAt: number;
  /** Null: the settings have published it. */
  publishedBy: string | null;
  differences: readonly D[];
};

type PublishedVersionsProps<D> = {
  versions: readonly Version<D>[];
  heading: ReactNode;
  serverNow: number;
  toDifferences: (differences: readonly D[]) => ReactNode;
  /** Answers the code of a failure. */
  onOpen: (version: number) => Promise<string | undefined>;
  onDone: () => void;
};

/** Earlier versions, newest first. Each can be published again. `heading` has the id `versions`. */
export function PublishedVersions<D>({
  versions,
  heading,
  serverNow,
  toDifferences,
  onOpen,
  onDone,
}: PublishedVersionsProps<D>) {
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
        const code = await onOpen(version);
        return code ? { sentence: toWords(code) } : undefined;
      },
      onDone,
    });

  return (
    <section aria-labelledby="versions" className="rounded-panel border border-border bg-surface">
      {heading}
      {versions.length === 0 && <p className="px-4 py-3 text-13 text-ink-muted">{t("none")}</p>}
      <ol>
        {versions.map(({ version, publishedAt, publishedBy, differences }) => (
          <li key={version} className="border-b border-border px-4 py-2 last:border-b-0">
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
                {() => toDifferences(differences)}
              </Disclosure>
            )}
          </li>
        ))}
      </ol>
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </section>
  );
}
