"use client";

import { type ComponentType, useEffect, useState } from "react";
import { offerProof, settleProof } from "@/components/server/request-proof";

type Dialog = ComponentType<{ onClose: (isProven: boolean) => void }>;

/** Asks the person who they are when the server wants to know. The dialog loads when it is wanted. */
export function ProofOnRequest() {
  const [Dialog, setDialog] = useState<Dialog>();
  useEffect(
    () =>
      offerProof(async (isAsked) => {
        const { ProofDialog } = await import("./proof-dialog");
        if (isAsked()) setDialog(() => ProofDialog);
      }),
    [],
  );

  const close = (isProven: boolean) => {
    setDialog(undefined);
    settleProof(isProven);
  };
  return Dialog && <Dialog onClose={close} />;
}
