"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useRef } from "react";
import { createPortal } from "react-dom";
import { Button } from "@/components/ui/button";
import { OwnProof } from "./own-proof";

/** In front of what the person was doing, which goes on afterwards. */
export function ProofDialog({ onClose }: { onClose: (isProven: boolean) => void }) {
  const t = useTranslations("proof");
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const isProven = useRef(false);

  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const finish = () => {
    isProven.current = true;
    dialog.current?.close();
  };

  return createPortal(
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-hint`}
      onClose={() => onClose(isProven.current)}
      onKeyDown={(event) => event.stopPropagation()}
      className="m-auto w-[calc(100%-2rem)] max-w-md rounded-panel border border-border bg-raised p-4 text-14 text-ink shadow-float backdrop:bg-sunken/80 sm:p-6"
    >
      <h2 id={`${id}-title`} className="text-16 font-semibold">
        {t("title")}
      </h2>
      <p id={`${id}-hint`} className="mt-2 mb-4 text-ink-muted">
        {t("hint")}
      </p>
      <OwnProof onProven={finish} />
      <div className="mt-2 flex justify-end">
        <Button look="secondary" onClick={() => dialog.current?.close()}>
          {t("cancel")}
        </Button>
      </div>
    </dialog>,
    document.body,
  );
}
