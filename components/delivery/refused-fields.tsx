import { useLocale, useTranslations } from "next-intl";
import { useOwnLabel } from "@/components/lead/use-own-label";
import type { RefusedField } from "@/lib/domain/lead/schema";
import type { FormFields, Labels } from "@/lib/domain/mapping/schema";

type RefusedFieldsProps = { refused: RefusedField[]; custom: FormFields["custom"]; labels: Labels };

/** A message for each field that Kommo refused. */
export function RefusedFields({ refused, custom, labels }: RefusedFieldsProps) {
  const t = useTranslations();
  const toLabel = useOwnLabel(labels);
  const locale = useLocale() === "ru" ? "ru" : "en";
  const toName = ({ field, key, path }: RefusedField) => {
    if (field) return toLabel(field);
    const label = custom.find((known) => known.key === key)?.label;
    if (label) return label[locale] || label.en || label.ru;
    return path ? t("delivery.refusals.elsewhere", { path }) : t("delivery.refusals.unnamed");
  };
  if (refused.length === 0) return null;
  return (
    <ul className="mb-1 min-w-0 basis-full list-disc pl-5 text-ink">
      {refused.map((one) => (
        <li key={`${one.path} ${one.code}`} className="wrap-anywhere">
          <strong className="font-semibold">{toName(one)}</strong>:{" "}
          {t(`delivery.refusals.${t.has(`delivery.refusals.${one.code}`) ? one.code : "other"}`)}
        </li>
      ))}
    </ul>
  );
}
