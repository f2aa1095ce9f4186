import { ArrowLeft, ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button-link";
import type { History } from "@/lib/history/schema";
import { toAddress } from "./address";

type PagerProps = { history: History; previous?: string; next?: string };

export function Pager({ history, previous, next }: PagerProps) {
  const t = useTranslations("leads.pages");
  if (!previous && !next) return null;
  return (
    <nav aria-label={t("label")} className="mt-4 flex flex-wrap justify-between gap-2">
      {previous ? (
        <ButtonLink look="secondary" prefetch={false} href={toAddress(history, { before: previous })}>
          <ArrowLeft aria-hidden className="size-4" />
          {t("previous")}
        </ButtonLink>
      ) : (
        <span />
      )}
      {next && (
        <ButtonLink look="secondary" prefetch={false} href={toAddress(history, { after: next })}>
          {t("next")}
          <ArrowRight aria-hidden className="size-4" />
        </ButtonLink>
      )}
    </nav>
  );
}
