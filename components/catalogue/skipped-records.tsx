import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { Skipped } from "@/lib/domain/mapping/catalogue";

const MAX_NAMED = 6;

type SkippedRecordsProps = { skipped: readonly Skipped[] };

/** Names what Kommo lists and we do not understand, so that an admin can look at it there. */
export function SkippedRecords({ skipped }: SkippedRecordsProps) {
  const t = useTranslations("catalogue.skipped");
  if (skipped.length === 0) return null;
  const names = skipped.slice(0, MAX_NAMED).map(({ kind, id, entity, parentId }) =>
    t(`kinds.${kind}`, {
      id: id ?? t("noId"),
      entity: entity ?? "leads",
      parentId: String(parentId ?? ""),
    }),
  );
  const more = skipped.length > MAX_NAMED ? [t("more", { count: skipped.length - MAX_NAMED })] : [];
  return (
    <Notice
      title={t("title", { count: skipped.length })}
      body={t("body", { names: [...names, ...more].join(", ") })}
    />
  );
}
