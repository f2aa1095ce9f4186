"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** For a link to a lead that can no longer be changed here. */
export function LeadGoneNotice({ onClose }: { onClose: () => void }) {
  const t = useTranslations("entry.gone");
  return (
    <div className="mb-4">
      <Notice title={t("title")} body={t("body")}>
        <Button look="secondary" onClick={onClose}>
          {t("close")}
        </Button>
      </Notice>
    </div>
  );
}
