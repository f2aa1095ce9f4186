import { useTranslations } from "next-intl";
import { useAuthorName } from "@/components/lead/use-author-name";
import type { OutcomeRow, Overview } from "@/lib/overview/schema";
import { OutcomeTable } from "./outcome-table";

/** What became of the leads in Kommo: in all and by source, and for who sees everyone's by person. */
export function OutcomesSection({ outcomes: { all, sources, people } }: Pick<Overview, "outcomes">) {
  const t = useTranslations("overview");
  const toAuthorName = useAuthorName();
  const whole = { id: "all", kind: "others", name: null, counts: all, shown: t("total") } as const;
  const toSource = (row: OutcomeRow) => ({
    ...row,
    shown: row.name ?? t(row.kind === "none" ? "bySource.none" : "bySource.others"),
  });
  const toPerson = (row: OutcomeRow) => ({
    ...row,
    shown: toAuthorName({ author: row.name ?? "", byForm: row.byForm ?? false }),
  });
  return (
    <section
      aria-labelledby="outcomes-title"
      className="min-w-0 rounded-panel border border-border bg-surface p-3 md:p-4 lg:col-span-2"
    >
      <h2 id="outcomes-title" className="text-16 font-semibold">
        {t("outcomes.title")}
      </h2>
      <p className="mb-3 max-w-prose text-13 text-ink-muted">{t("outcomes.explanation")}</p>
      {all.confirmed === 0 ? (
        <p className="text-14 font-medium">{t("outcomes.none")}</p>
      ) : (
        <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2 lg:items-start">
          <OutcomeTable
            caption={t("outcomes.bySource")}
            head={t("outcomes.source")}
            rows={[...sources.map(toSource), whole]}
          />
          {people.length > 0 && (
            <OutcomeTable
              caption={t("outcomes.byPerson")}
              head={t("outcomes.person")}
              rows={people.map(toPerson)}
            />
          )}
        </div>
      )}
    </section>
  );
}
