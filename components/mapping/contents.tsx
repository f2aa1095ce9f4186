import { useTranslations } from "next-intl";

const sections = [
  { id: "own-fields", title: "own.title" },
  { id: "own-form", title: "ownForm.title" },
  { id: "form-fields", title: "form.title" },
  { id: "form-preview", title: "formPreview.title" },
  { id: "settings", title: "settings.title" },
  { id: "mapping-sources", title: "sources.title" },
  { id: "preview", title: "preview.title" },
  { id: "versions", title: "versions.title" },
] as const;

/** One press from every section of a long page. */
export function Contents() {
  const t = useTranslations("mapping");
  return (
    <nav aria-label={t("contents")} className="-ml-2 py-1">
      <ul className="flex flex-wrap">
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="inline-flex min-h-11 items-center rounded-control px-2 text-13 text-ink-muted -outline-offset-2 hover:bg-sunken hover:text-ink lg:min-h-8"
            >
              {t(title)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
