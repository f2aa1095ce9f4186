"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { jumpTo } from "@/components/mapping/jump-to";
import type { MappingDraft } from "@/components/mapping/use-mapping-draft";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { compareMappings } from "@/lib/domain/mapping/compare-mappings";
import type { Check, Mapping } from "@/lib/domain/mapping/schema";
import { useDifferenceWords } from "./differences";

type PublishBarProps = {
  draft: MappingDraft;
  published: Mapping;
  version: number;
  checks: readonly Check[];
};

/** Always visible: the state of the draft, and the buttons to publish or discard it. */
export function PublishBar({ draft, published, version, checks }: PublishBarProps) {
  const t = useTranslations("mapping.publish");
  const toWords = useFailureWords();
  const toDifference = useDifferenceWords(draft.mapping);
  // The button disappears after a press, so the focus moves to the text next to it.
  const status = useRef<HTMLParagraphElement>(null);
  const [question, ask] = useState<Question>();
  const errors = checks.filter(({ severity }) => severity === "error");
  const next = version + 1;
  const isNew = version === 0;
  const differences = compareMappings(published, draft.mapping);
  const canPublish = (draft.isDraft && differences.length > 0) || isNew;

  const publish = () => {
    const [first] = errors;
    if (first) return jumpTo(first.place);
    let isConflict = false;
    ask({
      title: t("question", { version: next }),
      consequence: t("consequence"),
      points: differences.map(toDifference),
      verb: t("verb"),
      act: async () => {
        const code = await draft.publish();
        isConflict = code === "mapping_conflict";
        // The page behind shows another person's version, or what has changed in Kommo.
        if (code) draft.reload();
        return code && !isConflict ? { sentence: toWords(code) } : undefined;
      },
      onDone: () => {
        if (isConflict) return;
        draft.restart();
        status.current?.focus();
      },
    });
  };

  const drop = () =>
    ask({
      title: t("dropQuestion"),
      consequence: t("dropConsequence", { version }),
      verb: t("drop"),
      act: async () => {
        const code = await draft.drop();
        return code ? { sentence: toWords(code) } : undefined;
      },
      onDone: () => {
        draft.restart();
        status.current?.focus();
      },
    });

  return (
    <div className="sticky bottom-14 z-20 -mx-4 flex flex-wrap items-center gap-2 border-t border-border bg-surface px-4 py-2 md:mx-0 md:rounded-t-panel md:border lg:bottom-0 xl:static xl:rounded-panel short:bottom-0">
      <p
        ref={status}
        role="status"
        tabIndex={-1}
        className="min-w-0 grow basis-full text-13 text-ink-muted sm:basis-40"
      >
        <State draft={draft} version={version} errors={errors.length} canPublish={canPublish} />
      </p>
      {draft.isDraft && !isNew && (
        <Button look="secondary" size="small" onClick={drop}>
          {t("drop")}
        </Button>
      )}
      {canPublish && (
        <Button size="small" onClick={publish}>
          {errors.length > 0 ? t("toErrors", { count: errors.length }) : t("open", { version: next })}
        </Button>
      )}
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </div>
  );
}

type StateProps = { draft: MappingDraft; version: number; errors: number; canPublish: boolean };

function State({ draft, version, errors, canPublish }: StateProps) {
  const t = useTranslations("mapping.publish");
  const toWords = useFailureWords();
  const { saving, isDraft } = draft;
  if (typeof saving === "object") {
    return (
      <span className="font-medium text-needs-admin-ink">
        {t("unsaved", { why: toWords(saving.failure) })}
      </span>
    );
  }
  if (saving === "saving") return t("saving");
  if (version === 0) return t("first");
  if (isDraft && canPublish) return errors > 0 ? t("withErrors", { count: errors }) : t("draft");
  return t("current", { version });
}
