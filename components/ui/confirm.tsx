"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "./button";
import { Field } from "./field";

/** Why it failed, as a message. `isField`: what was typed is the reason. */
export type Refusal = { sentence: string; isField?: boolean };

export type Question = {
  title: string;
  consequence: string;
  /** The consequences in detail, one line each. */
  points?: string[];
  verb: string;
  field?: { label: string; hint: string; inputMode?: "numeric" };
  act: (typed: string) => Promise<Refusal | undefined>;
  onDone?: () => void;
};

type ConfirmProps = { question: Question; onClose: () => void };

/** Keeps the words that it was opened with, whatever changes behind it. After a failure it stays open. */
export function Confirm({ question, onClose }: ConfirmProps) {
  const t = useTranslations("confirm");
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const answer = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const field = event.currentTarget.querySelector("input");
    setBusy(true);
    setRefusal(undefined);
    const refused = await question.act(field?.value ?? "");
    setBusy(false);
    setRefusal(refused);
    if (refused) {
      if (refused.isField) field?.focus();
      return;
    }
    // Closing restores the focus. Where it goes next is up to the caller.
    dialog.current?.close();
    question.onDone?.();
  };

  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-consequence`}
      onCancel={(event) => isBusy && event.preventDefault()}
      onClose={onClose}
      className="m-auto w-[calc(100%-2rem)] max-w-md rounded-panel border border-border bg-raised p-4 text-14 text-ink shadow-float backdrop:bg-sunken/80 sm:p-6"
    >
      <form noValidate onSubmit={answer}>
        <h2 id={`${id}-title`} className="text-16 font-semibold break-words">
          {question.title}
        </h2>
        <p id={`${id}-consequence`} className="mt-2 text-ink-muted">
          {question.consequence}
        </p>
        {question.points && question.points.length > 0 && (
          <ul className="mt-3 list-disc pl-5 text-13">
            {question.points.map((point) => (
              <li key={point} className="break-words">
                {point}
              </li>
            ))}
          </ul>
        )}
        {question.field && (
          <Field
            id={`${id}-field`}
            className="mt-4"
            autoComplete="off"
            {...question.field}
            error={refusal?.isField ? refusal.sentence : undefined}
          />
        )}
        <p role="alert" className="mt-3 font-medium text-needs-admin-ink empty:hidden">
          {refusal && !refusal.isField ? refusal.sentence : null}
        </p>
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button look="secondary" aria-disabled={isBusy} onClick={() => !isBusy && dialog.current?.close()}>
            {t("cancel")}
          </Button>
          <Button type="submit" aria-disabled={isBusy}>
            {isBusy ? t("busy") : question.verb}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
