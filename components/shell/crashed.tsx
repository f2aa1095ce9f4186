"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

export function Crashed({ retry }: { retry: () => void }) {
  const t = useTranslations("pages.crashed");
  return (
    <div className="max-w-xl py-4">
      <Notice role="alert" title={t("title")} body={t("body")}>
        <Button look="secondary" onClick={retry}>
          {t("again")}
        </Button>
      </Notice>
    </div>
  );
}
