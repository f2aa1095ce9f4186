type ErrorNoticeProps = { t: (key: "title" | "body" | "again") => string; retry: () => void };

/** Every page loads this before anything fails, so it uses no other component. */
export function ErrorNotice({ t, retry }: ErrorNoticeProps) {
  return (
    <div role="alert" className="rounded-panel bg-needs-you-tint p-4">
      <p className="font-semibold text-needs-you-ink">{t("title")}</p>
      <p className="mt-1 mb-3">{t("body")}</p>
      <button
        type="button"
        onClick={retry}
        className="min-h-11 cursor-pointer rounded-control border border-border-strong bg-surface px-4 text-14 font-medium hover:bg-sunken"
      >
        {t("again")}
      </button>
    </div>
  );
}
