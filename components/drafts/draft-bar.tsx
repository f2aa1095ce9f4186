"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";

type DraftBarProps = {
  saving: "saved" | "saving" | { failure: string };
  /** The state of the draft in words, while it is saved. */
  status: ReactNode;
  /** The version that publishing makes. */
  next: number;
  errors: number;
  canDrop: boolean;
  canPublish: boolean;
  className?: string;
  /** Both get what moves the focus to the status: the pressed button disappears. */
  toDropQuestion: (focusStatus: () => void) => Question;
  toPublishQuestion: (focusStatus: () => void) => Question;
  /** Instead of publishing: leads to the first error. */
  onErrors: () => void;
};

/** Always visible: the state of the draft, and the buttons to publish or discard it. */
export function DraftBar({
  saving,
  status,
  next,
  errors,
  canDrop,
  canPublish,
  className = "",
  toDropQuestion,
  toPublishQuestion,
  onErrors,
}: DraftBarProps) {
  const t = useTranslations("mapping.publish");
  const text = useRef<HTMLParagraphElement>(null);
  const [question, ask] = useState<Question>();
  const focusStatus = () => text.current?.focus();

  return (
    <div
      className={`sticky bottom-14 z-20 -mx-4 flex flex-wrap items-center gap-2 border-t border-border bg-surface px-4 py-2 md:mx-0 md:rounded-t-panel md:border lg:bottom-0 short:bottom-0 ${className}`}
    >
      <p
        ref={text}
        role="status"
        tabIndex={-1}
        className="min-w-0 grow basis-full text-13 text-ink-muted sm:basis-40"
      >
        <Saving saving={saving}>{status}</Saving>
      </p>
      {canDrop && (
        <Button look="secondary" size="small" onClick={() => ask(toDropQuestion(focusStatus))}>
          {t("drop")}
        </Button>
      )}
      {canPublish && (
        <Button size="small" onClick={() => (errors > 0 ? onErrors() : ask(toPublishQuestion(focusStatus)))}>
          {errors > 0 ? t("toErrors", { count: errors }) : t("open", { version: next })}
        </Button>
      )}
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </div>
  );
}

function Saving({ saving, children }: Pick<DraftBarProps, "saving"> & { children: ReactNode }) {
  const t = useTranslations("mapping.publish");
  const toWords = useFailureWords();
  if (saving === "saving") return t("saving");
  if (saving === "saved") return children;
  return (
    <span className="font-medium text-needs-admin-ink">{t("unsaved", { why: toWords(saving.failure) })}</span>
  );
}
