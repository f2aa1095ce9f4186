"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import type { RoutingDraft } from "@/components/routing/use-routing-draft";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import type { RoutingCheck, RoutingDifference } from "@/lib/domain/routing/schema";

type RoutingPublishBarProps = {
  draft: RoutingDraft;
  version: number;
  errors: readonly RoutingCheck[];
  differences: readonly RoutingDifference[];
};

/** Always visible: the state of the draft, and the buttons to publish or discard it. */
export function RoutingPublishBar({ draft, version, errors, differences }: RoutingPublishBarProps) {
  const t = useTranslations("mapping.publish");
  const own = useTranslations("routing.publish");
  const diff = useTranslations("routing.diff");
  const toWords = useFailureWords();
  // The button disappears after a press, so the focus moves to the text next to it.
  const status = useRef<HTMLParagraphElement>(null);
  const [question, ask] = useState<Question>();
  const canPublish = draft.isDraft && differences.length > 0;
  const onDone = () => {
    draft.restart();
    status.current?.focus();
  };
  const toRefusal = (code: string | undefined) => (code ? { sentence: toWords(code) } : undefined);

  const publish = () => {
    const [first] = errors;
    if (first) return showChecks(first.place);
    ask({
      title: t("question", { version: version + 1 }),
      consequence: own("consequence"),
      points: differences.map(({ code, values }) => diff(code, values)),
      verb: t("verb"),
      act: async () => {
        const code = await draft.publish();
        // The page behind shows another person's version, or who has left Kommo.
        if (code) draft.reload();
        return toRefusal(code);
      },
      onDone,
    });
  };
  const drop = () =>
    ask({
      title: t("dropQuestion"),
      consequence: own("dropConsequence"),
      verb: t("drop"),
      act: async () => toRefusal(await draft.drop()),
      onDone,
    });

  return (
    <div className="sticky bottom-14 z-20 -mx-4 flex flex-wrap items-center gap-2 border-t border-border bg-surface px-4 py-2 md:mx-0 md:rounded-t-panel md:border lg:bottom-0 short:bottom-0">
      <p
        ref={status}
        role="status"
        tabIndex={-1}
        className="min-w-0 grow basis-full text-13 text-ink-muted sm:basis-40"
      >
        <State draft={draft} version={version} errors={errors.length} canPublish={canPublish} />
      </p>
      {draft.isDraft && (
        <Button look="secondary" size="small" onClick={drop}>
          {t("drop")}
        </Button>
      )}
      {canPublish && (
        <Button size="small" onClick={publish}>
          {errors.length > 0 ? t("toErrors", { count: errors.length }) : t("open", { version: version + 1 })}
        </Button>
      )}
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </div>
  );
}

type StateProps = { draft: RoutingDraft; version: number; errors: number; canPublish: boolean };

function State({ draft: { saving, isDraft }, version, errors, canPublish }: StateProps) {
  const t = useTranslations("mapping.publish");
  const own = useTranslations("routing.publish");
  const toWords = useFailureWords();
  if (typeof saving === "object") return t("unsaved", { why: toWords(saving.failure) });
  if (saving === "saving") return t("saving");
  if (isDraft && canPublish) return errors > 0 ? t("withErrors", { count: errors }) : own("draft");
  return version === 0 ? own("first") : t("current", { version });
}

function showChecks(place: string): void {
  const list = document.getElementById(`checks-${place}`);
  list?.scrollIntoView({ block: "center" });
  list?.focus();
}
