import { useTranslations } from "next-intl";

const rows = Array.from({ length: 10 }, (_, row) => `row-${row}`);

export function LeadTableSkeleton() {
  const t = useTranslations("leads");
  return (
    <div
      role="status"
      className="border-border bg-surface max-md:-mx-4 max-md:-mt-2 max-md:border-b md:rounded-panel md:border"
    >
      <span className="sr-only">{t("loading")}</span>
      <div className="h-9 border-b border-border max-md:hidden" />
      {rows.map((row) => (
        <div
          key={row}
          className="flex h-16 items-center gap-6 border-b border-border px-4 last:border-b-0 md:h-10"
        >
          <div className="h-3 w-1/4 rounded-control bg-sunken" />
          <div className="h-3 w-1/5 rounded-control bg-sunken" />
          <div className="ml-auto h-5 w-28 rounded-control bg-sunken" />
        </div>
      ))}
    </div>
  );
}
