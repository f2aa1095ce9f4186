import { useLocale, useTranslations } from "next-intl";
import { ExactTime } from "@/components/ui/exact-time";
import type { Consent } from "@/lib/domain/lead/consent";

type ConsentNoteProps = {
  consent: Consent | null;
  texts: Record<"en" | "ru" | "es" | "pt", string> | undefined;
};

/** What the person agreed to and when, in the words of that version. */
export function ConsentNote({ consent, texts }: ConsentNoteProps) {
  const t = useTranslations("consent");
  const locale = useLocale() === "ru" ? "ru" : "en";
  if (!consent) return null;
  const text = texts && (texts[locale] || texts.en || texts.ru || texts.es || texts.pt);
  return (
    <div className="mt-3 text-13 text-ink-muted">
      <p>
        {t("given", { version: consent.version })} <ExactTime at={consent.at} />
      </p>
      {text && (
        <details>
          <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-control lg:min-h-6">
            {t("words")}
          </summary>
          <p translate="no" className="break-words whitespace-pre-line">
            {text}
          </p>
        </details>
      )}
    </div>
  );
}
