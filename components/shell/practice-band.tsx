import { useTranslations } from "next-intl";
import { FlaskConical } from "@/components/ui/line-icons";

export function PracticeBand({ boardUrl }: { boardUrl: string }) {
  const t = useTranslations("shell.practice");
  return (
    <aside
      data-band
      aria-label={t("label")}
      className="flex min-h-7 flex-wrap items-center justify-center gap-x-2 border-b border-border bg-sunken px-2 py-1 text-12 text-ink-muted lg:sticky lg:top-0 lg:z-40 lg:h-7 lg:py-0 short:hidden"
    >
      <FlaskConical className="size-3.5 shrink-0 max-sm:hidden" />
      <span>
        <strong className="font-semibold text-ink">{t("label")}</strong>: {t("consequence")}
      </span>
      <a
        href={boardUrl}
        target="_blank"
        rel="noreferrer"
        className="relative inline-flex items-center rounded-control px-1 font-medium text-accent-ink underline underline-offset-2 pointer-coarse:after:absolute pointer-coarse:after:-inset-x-3 pointer-coarse:after:-inset-y-3.5"
      >
        {t("board")}
      </a>
    </aside>
  );
}
