"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { act } from "@/components/connection/act";
import { refreshCatalogue } from "@/lib/account/actions";

/** Reads the catalogue again, and then the page. */
export function useRefresh() {
  const { refresh } = useRouter();
  const [isBusy, start] = useTransition();
  const [failure, setFailure] = useState<string>();

  const ask = () => {
    if (isBusy) return;
    start(async () => {
      const code = await act(() => refreshCatalogue(undefined));
      setFailure(code);
      refresh();
    });
  };
  return { ask, isBusy, failure: isBusy ? undefined : failure };
}
