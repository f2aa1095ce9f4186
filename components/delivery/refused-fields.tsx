import { useLocale, useTranslations } from "next-intl";
import type { RefusedField } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";

type RefusedFieldsProps = { refused: RefusedField[]; custom: FormFields["custom"] };

/** A message for each field that Kommo refused. */
export function RefusedFields({ refused, custom }: RefusedFieldsProps) {
  const t = useTranslations();
  const locale = useLocale() === "ru" ? "ru" : "en";
  const toName = ({ field, key, path }: RefusedField) => {
    if (field) return t(`lead.fields.${field}`);
    const label = custom.find((known) => known.key === key)?.label;
    return label ? label[locale] || label.en || label.ru : t("delivery.refusals.elsewhere", { path });
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
