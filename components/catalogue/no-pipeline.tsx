"use client";

import { useTranslations } from "next-intl";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useRefresh } from "./use-refresh";

/** For an account whose pipelines all refuse incoming leads. */
export function NoPipeline() {
  const t = useTranslations("kommo");
  const toWords = useFailureWords();
  const { ask, isBusy, failure } = useRefresh();
  return (
    <Notice title={t("noPipeline")} body={t("noPipelineRemedy")}>
      <Button look="secondary" size="small" onClick={ask} aria-disabled={isBusy}>
        {t(isBusy ? "fetching" : "fetch")}
      </Button>
      <p role="alert" className="text-13 font-medium empty:hidden">
        {failure && !isBusy && toWords(failure)}
      </p>
    </Notice>
  );
}
