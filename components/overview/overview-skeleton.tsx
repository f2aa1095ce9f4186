import { useTranslations } from "next-intl";

export function OverviewSkeleton() {
  const t = useTranslations("overview");
  return (
    <div role="status">
      <span className="sr-only">{t("counting")}</span>
      <div className="mb-4 h-5 w-64 max-w-full rounded-control bg-sunken" />
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {["leads", "prompt", "entry", "failed"].map((figure) => (
          <div key={figure} className="h-26 rounded-panel border border-border bg-surface" />
        ))}
      </div>
      <div className="mt-4 h-80 rounded-panel border border-border bg-surface" />
      <div className="mt-4 h-80 rounded-panel border border-border bg-surface" />
    </div>
  );
}
