"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

export default function ErrorPage({ retry }: { retry: () => void }) {
  const t = useTranslations("pages.crashed");
  return (
    <main id="page" tabIndex={-1} className="mx-auto w-full max-w-xl px-4 py-12 outline-none">
      <Notice title={t("title")} body={t("body")}>
        <Button look="secondary" onClick={retry}>
          {t("again")}
        </Button>
      </Notice>
    </main>
  );
}
