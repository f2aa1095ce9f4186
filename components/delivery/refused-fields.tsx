import { useTranslations } from "next-intl";
import type { RefusedField } from "@/lib/leads/schema";

/** A sentence for each thing that Kommo refused. */
export function RefusedFields({ refused }: { refused: RefusedField[] }) {
  const t = useTranslations();
  if (refused.length === 0) return null;
  return (
    <ul className="mb-1 min-w-0 basis-full list-disc pl-5 text-ink">
      {refused.map(({ field, code, path }) => (
        <li key={`${path} ${code}`} className="wrap-anywhere">
          <strong className="font-semibold">
            {field ? t(`lead.fields.${field}`) : t("delivery.refusals.elsewhere", { path })}
          </strong>
          :{" "}
          {t.has(`delivery.refusals.${code}`)
            ? t(`delivery.refusals.${code}`)
            : t("delivery.refusals.other", { code })}
        </li>
      ))}
    </ul>
  );
}
