"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { callServer, KOMMO_WAIT_MS, toFailureCode } from "@/components/server/call-server";
import { refreshCatalogue } from "@/lib/account/actions";

/** Reads the catalogue again, and then the page. */
export function useRefresh() {
  const { refresh } = useRouter();
  const [isBusy, start] = useTransition();
  const [failure, setFailure] = useState<string>();

  const ask = () => {
    if (isBusy) return;
    start(async () => {
      const code = await toFailureCode(
        callServer({ action: () => refreshCatalogue(undefined), waitMs: KOMMO_WAIT_MS }),
      );
      setFailure(code);
      refresh();
    });
  };
  return { ask, isBusy, failure: isBusy ? undefined : failure };
}
