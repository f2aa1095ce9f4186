import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { CheckButtons } from "./check-buttons";

/** On the page of a suspicious lead: why it waits, and what becomes of it. */
export function ToCheckNotice({ lead: { id, state, problem } }: { lead: LeadSummary }) {
  const t = useTranslations("intake");
  if (state !== "to_check") return null;
  return (
    <div className="mt-4">
      <Notice title={t(`reasons.${problem}`)} body={t("check.body")}>
        <CheckButtons id={id} />
      </Notice>
    </div>
  );
}
