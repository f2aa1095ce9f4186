"use client";

import { useTranslations } from "next-intl";
import { useFailureWords } from "@/components/mapping/act";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useRefresh } from "./use-refresh";

/** Before Kommo was asked the first time. */
export function FirstCatalogue({ isConnected }: { isConnected: boolean }) {
  const t = useTranslations("kommo");
  const toWords = useFailureWords();
  const { ask, isBusy, failure } = useRefresh();
  return (
    <div className="rounded-panel border border-border bg-surface">
      <EmptyState title={t("noCatalogue")} hint={t("noCatalogueHint")}>
        {isConnected && (
          <Button onClick={ask} aria-disabled={isBusy}>
            {t(isBusy ? "fetching" : "fetch")}
          </Button>
        )}
        <p role="alert" className="mt-2 text-13 font-medium text-needs-admin-ink empty:hidden">
          {failure && toWords(failure)}
        </p>
      </EmptyState>
    </div>
  );
}
