"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "./button";
import { Field } from "./field";

/** Why it failed, as a message. `isField`: what was typed is the reason. */
export type Refusal = { sentence: string; isField?: boolean };

/** While a question is acted on: `tell` shows how far it is, `signal` says that the person wants no more of it. */
export type Run = { tell: (words: string) => void; signal: AbortSignal };

export type Question = {
  title: string;
  consequence: string;
  /** The consequences in detail, one line each. */
  points?: string[];
  verb: string;
  field?: { label: string; hint: string; inputMode?: "numeric" };
  /** It acts in parts, and can be stopped between two of them. */
  isLong?: boolean;
  act: (typed: string, run: Run) => Promise<Refusal | undefined>;
  onDone?: () => void;
  /** It was closed without being done. After a failure, a part of it may have been. */
  onGivenUp?: () => void;
};

type ConfirmProps = { question: Question; onClose: () => void };

/** Keeps the words that it was opened with, whatever changes behind it. After a failure it stays open. */
export function Confirm({ question, onClose }: ConfirmProps) {
  const t = useTranslations("confirm");
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [progress, tell] = useState("");
  const stopping = useRef<AbortController>(undefined);
  const isDone = useRef(false);

  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const answer = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const field = event.currentTarget.querySelector("input");
    setBusy(true);
    setRefusal(undefined);
    stopping.current = new AbortController();
    const refused = await question.act(field?.value ?? "", { tell, signal: stopping.current.signal });
    setBusy(false);
    tell("");
    setRefusal(refused);
    if (refused) {
      if (refused.isField) field?.focus();
      return;
    }
    isDone.current = true;
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
      onClose={() => {
        if (!isDone.current) question.onGivenUp?.();
        onClose();
      }}
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
        <div className="mt-4 flex flex-wrap items-center justify-end gap-2">
          <p role="status" className="mr-auto text-13 text-ink-muted tabular-nums empty:hidden">
            {progress}
          </p>
          <Button
            look="secondary"
            aria-disabled={isBusy && !question.isLong}
            onClick={() => (isBusy ? stopping.current?.abort() : dialog.current?.close())}
          >
            {t(isBusy && question.isLong ? "stop" : "cancel")}
          </Button>
          <Button type="submit" aria-disabled={isBusy}>
            {isBusy ? t("busy") : question.verb}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
