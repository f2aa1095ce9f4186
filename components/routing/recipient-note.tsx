import { useFormatter, useTranslations } from "next-intl";
import type { RouteDecision } from "@/lib/domain/routing/schema";

type RecipientNoteProps = {
  recipient: { decision: RouteDecision | null; isRefused: boolean };
  /** The account's time zone. */
  zone: string;
};

/** Who gets the lead in Kommo and why, of the decision as it was made. */
export function RecipientNote({ recipient: { decision, isRefused }, zone }: RecipientNoteProps) {
  const t = useTranslations("routing");
  const format = useFormatter();
  if (!decision) return null;
  const { why, user, rule, pool, number, passedOver } = decision;
  const values = {
    user: user?.name ?? "",
    rule: rule?.name ?? "",
    pool: pool?.name ?? "",
    number: number ?? 0,
  };
  const toTime = (at: number) =>
    format.dateTime(at, {
      ...{ weekday: "short", day: "numeric", month: "short" },
      ...{ hour: "2-digit", minute: "2-digit", timeZone: zone },
    });
  return (
    <section aria-labelledby="recipient">
      <h2 id="recipient" className="mt-8 mb-3 text-16 font-semibold">
        {t("why.title")}
      </h2>
      <p className="max-w-prose text-14">{t(`why.${why}`, values)}</p>
      {isRefused && <p className="mt-1 max-w-prose text-14 text-needs-you-ink">{t("why.refused", values)}</p>}
      {passedOver.length > 0 && (
        <ul className="mt-1 text-13 text-ink-muted">
          {passedOver.map(({ name, absence, until }) => (
            <li key={name}>
              {until === null
                ? t(`absences.${absence}`, { name })
                : t("absences.until", { name, time: toTime(until) })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
