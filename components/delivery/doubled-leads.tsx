import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { Delivery } from "@/lib/delivery/schema";

const link =
  "inline-flex min-h-11 items-center text-13 font-medium text-accent-ink underline underline-offset-2 lg:min-h-6";

/** Leads that stand in Kommo twice, with links to both: somebody should merge them there. */
export function DoubledLeads({ doubled }: Pick<Delivery, "doubled">) {
  const t = useTranslations("delivery");
  if (doubled.length === 0) return null;
  return (
    <Notice title={t("doubled.title", { count: doubled.length })} body={t("doubled.body")}>
      <ul className="flex min-w-0 flex-col gap-1">
        {doubled.map(({ id, title, kommoUrl, twinUrl }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 wrap-anywhere">
            <Link href={`/leads/${id}`} translate="no" className={link}>
              {title || t("nameless")}
            </Link>
            {kommoUrl && (
              <a href={kommoUrl} target="_blank" rel="noreferrer" className={link}>
                {t("doubled.first")}
              </a>
            )}
            {twinUrl && (
              <a href={twinUrl} target="_blank" rel="noreferrer" className={link}>
                {t("doubled.second")}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
