"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useRefresh } from "./use-refresh";

type FirstCatalogueProps = {
  isConnected: boolean;
  /** The error code of the last attempt. */
  problem: string | null;
};

/** Until the catalogue has been read once. Reads it without a press unless the last attempt failed. */
export function FirstCatalogue({ isConnected, problem }: FirstCatalogueProps) {
  const t = useTranslations("kommo");
  const toWords = useFailureWords();
  const { ask, isBusy, failure } = useRefresh();
  const isToAsk = useRef(isConnected && problem === null);
  const wrong = failure ?? problem;

  useEffect(() => {
    if (isToAsk.current) ask();
    isToAsk.current = false;
  }, [ask]);

  return (
    <div className="rounded-panel border border-border bg-surface">
      <EmptyState title={t("noCatalogue")} hint={t("noCatalogueHint")}>
        {isConnected && (
          <Button onClick={ask} aria-disabled={isBusy}>
            {t(isBusy ? "fetching" : "fetch")}
          </Button>
        )}
        <p role="alert" className="mt-2 text-13 font-medium text-needs-admin-ink empty:hidden">
          {wrong && !isBusy && toWords(wrong)}
        </p>
      </EmptyState>
    </div>
  );
}
