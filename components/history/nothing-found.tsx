import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { type History, isNarrowed } from "@/lib/history/schema";

const MIN_DIGITS = 3;

export function NothingFound({ history }: { history: History }) {
  const t = useTranslations("leads");
  const words = toWords(history);
  return (
    <div id="leads" className="rounded-panel border border-border bg-surface">
      <EmptyState title={t(`nothing.${words}`)} hint={t(`nothing.${words}Hint`)}>
        <ButtonLink href={words === "yet" ? "/" : "/leads"} look={words === "yet" ? "primary" : "secondary"}>
          {t(words === "yet" ? "enter" : "nothing.showAll")}
        </ButtonLink>
      </EmptyState>
    </div>
  );
}

function toWords(history: History): "yet" | "short" | "found" | "stuck" {
  const { q, state, outcome, source, author, from, to } = history;
  if (!isNarrowed(history)) return "yet";
  if (q && /^[\d\s+()-]+$/.test(q) && q.replaceAll(/\D/g, "").length < MIN_DIGITS) return "short";
  const isOnlyState = ![q, outcome, source, author, from, to].some(Boolean);
  return isOnlyState && (state === "needs_you" || state === "needs_admin") ? "stuck" : "found";
}
