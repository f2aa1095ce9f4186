"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useAccount } from "@/components/shell/account-provider";
import { Button } from "@/components/ui/button";
import { useModule } from "@/components/ui/use-module";
import type { Waits } from "@/lib/second-factor/schema";
import { SignInForm } from "./sign-in-form";

const loadProof = () => import("@/components/proof/own-proof");

/** When the session has ended under a form, the person signs in again here and the form continues. */
export function SignInAgain({ onSignedIn }: { onSignedIn: () => void }) {
  const t = useTranslations("people.again");
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const { user, hasPasswords = true } = useAccount() ?? {};
  const [missing, setMissing] = useState<Waits>();

  const proof = useModule(loadProof, missing === "factor");

  const open = () => {
    if (!dialog.current?.open) dialog.current?.showModal();
    // The e-mail is filled in already, so the password gets the focus.
    dialog.current?.querySelector<HTMLInputElement>("input:not([readonly])")?.focus();
  };
  useEffect(open, []);
  const continueForm = () => {
    setMissing(undefined);
    dialog.current?.close();
    onSignedIn();
  };
  const isByForm = hasPasswords && missing === undefined;
  const hint = missing ? (`${missing}Hint` as const) : hasPasswords ? "hint" : "signOnHint";

  return (
    <>
      <Button look="secondary" onClick={open}>
        {t("verb")}
      </Button>
      {createPortal(
        <dialog
          ref={dialog}
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-hint`}
          // The form below must not handle this dialog's keys and submission as its own.
          onKeyDown={(event) => event.stopPropagation()}
          onSubmit={(event) => event.stopPropagation()}
          className="m-auto w-[calc(100%-2rem)] max-w-md rounded-panel border border-border bg-raised p-4 text-14 text-ink shadow-float backdrop:bg-sunken/80 sm:p-6"
        >
          <h2 id={`${id}-title`} className="text-16 font-semibold">
            {t("title")}
          </h2>
          <p id={`${id}-hint`} className="mt-2 mb-4 text-ink-muted">
            {t(hint)}
          </p>
          {isByForm && (
            <SignInForm
              email={user?.email}
              onSignedIn={(more) => (more ? setMissing(more) : continueForm())}
            />
          )}
          {missing === "factor" && proof && <proof.OwnProof onProven={continueForm} />}
          {!isByForm && missing !== "factor" && (
            <Button className="mb-2 w-full" onClick={continueForm}>
              {t("continue")}
            </Button>
          )}
          <div className="flex flex-wrap items-center justify-between gap-2">
            <a
              href="/sign-in"
              target="_blank"
              rel="noreferrer"
              className="inline-flex min-h-11 items-center rounded-control text-13 font-medium text-ink underline underline-offset-2 lg:min-h-9"
            >
              {t(hasPasswords && missing !== "set_up" ? "otherWay" : "signOn")}
            </a>
            <Button look="secondary" onClick={() => dialog.current?.close()}>
              {t("later")}
            </Button>
          </div>
        </dialog>,
        document.body,
      )}
    </>
  );
}
