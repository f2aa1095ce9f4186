import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";

/** While leads go to Kommo by the way that has duplicate control. */
export function ComplexNote() {
  const t = useTranslations("delivery.complex");
  return (
    <div className="mb-4">
      <Notice title={t("title")} body={t("body")} />
    </div>
  );
}
