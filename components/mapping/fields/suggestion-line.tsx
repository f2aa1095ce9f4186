import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Suggestion } from "@/lib/domain/mapping/schema";

type SuggestionLineProps = {
  /** What the field of ours is called. */
  name: string;
  suggestion: Suggestion;
  onAccept: () => void;
};

/** The field of Kommo that we would take, why, and a button that takes it. */
export function SuggestionLine({ name, suggestion, onAccept }: SuggestionLineProps) {
  const t = useTranslations("mapping");
  const { target, kind, score } = suggestion;
  return (
    <div className="flex items-center justify-between gap-x-3 text-13 sm:justify-start">
      <p className="min-w-0">
        {t("suggested")}{" "}
        <strong translate="no" className="font-semibold break-words">
          {target.name}
        </strong>{" "}
        <span className="text-12 text-ink-muted">{t(`because.${kind}`, { score })}</span>
      </p>
      <Button
        look="secondary"
        size="small"
        aria-label={t("acceptOne", { field: name, name: target.name ?? "" })}
        onClick={onAccept}
      >
        {t("accept")}
      </Button>
    </div>
  );
}
