import { useFormatter, useTranslations } from "next-intl";
import { useAuthorName } from "@/components/lead/use-author-name";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { ATTEMPTS_KEPT_DAYS } from "@/lib/delivery/constants";
import { PROMPT_SECONDS } from "@/lib/overview/constants";
import type { Overview, Series } from "@/lib/overview/schema";
import { BarTable } from "./bar-table";
import { Figures } from "./figures";
import { OutcomesSection } from "./outcomes-section";
import { looks, type PlotSeries } from "./plot";
import { PlotSection } from "./plot-section";
import { useSlices } from "./use-slices";

const SECOND_MS = 1000;
const panel = "min-w-0 rounded-panel border border-border bg-surface p-3 md:p-4";

type OverviewPlotsProps = { overview: Overview; zone: string; isOwn: boolean };

export function OverviewPlots({ overview, zone, isOwn }: OverviewPlotsProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const toAuthorName = useAuthorName();
  const { names, period } = useSlices(overview);
  const { leads, arrivals, entry, failures } = overview;
  const toShare = (part: number, all: number) => (all === 0 ? null : part / all);
  const share = toShare(arrivals.prompt, arrivals.leads);
  const shareWords =
    share === null ? "–" : format.number(share, { style: "percent", maximumFractionDigits: 1 });
  const median = toSeconds(entry.medianMs);
  const medianWords = median === null ? "–" : t("seconds", { seconds: median });
  const days = t("days", { period, zone });
  if (leads === 0 && failures.leads === 0) return <NoLeads days={days} isOwn={isOwn} />;

  const name = (series: Series[], others: string, none: string) =>
    series.map(
      (one, index): PlotSeries => ({
        ...{ id: `${one.kind}-${index}`, values: one.values },
        name: one.kind === "named" ? (one.name ?? "") : one.kind === "none" ? none : others,
        look: one.kind === "named" ? (looks[index] ?? "others") : one.kind,
      }),
    );
  const withAuthor = <T extends { name: string | null; byForm?: boolean }>(one: T) => ({
    ...one,
    name: one.name && toAuthorName({ author: one.name, byForm: one.byForm ?? false }),
  });
  const total = (series: Series[]) =>
    series.map(({ values }) => format.number(values.reduce((sum, value) => sum + value, 0)));
  const all = t("leads", { count: leads });

  return (
    <>
      <p className="mb-3 text-13 text-ink-muted">
        {days} {isOwn && t("own")}
      </p>
      <Figures
        figures={[
          {
            id: "leads",
            name: t("figures.leads"),
            value: format.number(leads),
            note: t("figures.leadsNote"),
          },
          {
            ...{ id: "prompt", name: t("figures.prompt", { seconds: PROMPT_SECONDS }), value: shareWords },
            note: t("figures.promptNote", { count: arrivals.leads }),
          },
          {
            ...{ id: "entry", name: t("figures.entry"), value: medianWords },
            note: t("figures.entryNote", { count: entry.leads }),
          },
          {
            ...{ id: "failed", name: t("figures.failed"), value: format.number(failures.leads) },
            note: t("figures.failedNote"),
          },
        ]}
      />
      <div className="mt-4 grid gap-4 lg:grid-cols-2">
        <div className="min-w-0 lg:col-span-2">
          <PlotSection
            title={t("bySource.title")}
            explanation={t("bySource.explanation")}
            whole={all}
            totals={total(overview.bySource)}
            plot={{
              ...{ id: "sources", slices: names, format: "count" },
              series: name(overview.bySource, t("bySource.others"), t("bySource.none")),
            }}
          />
        </div>
        {!isOwn && (
          <div className="min-w-0 lg:col-span-2">
            <PlotSection
              title={t("byPerson.title")}
              explanation={t("byPerson.explanation")}
              whole={all}
              totals={total(overview.byPerson)}
              plot={{
                ...{ id: "people", slices: names, format: "count" },
                series: name(overview.byPerson.map(withAuthor), t("byPerson.others"), ""),
              }}
            >
              <div className="mt-4">
                <BarTable
                  caption={t("byPerson.everybody")}
                  head={t("byPerson.person")}
                  countHead={t("figures.leads")}
                  rows={overview.people.map((person, index) => ({
                    ...{ id: `${index}`, name: withAuthor(person).name ?? "", count: person.leads },
                  }))}
                />
              </div>
            </PlotSection>
          </div>
        )}
        {overview.byRecipient.length > 0 && (
          <div className="min-w-0 lg:col-span-2">
            <PlotSection
              title={t("byRecipient.title")}
              explanation={t("byRecipient.explanation")}
              whole={all}
              totals={total(overview.byRecipient)}
              plot={{
                ...{ id: "recipients", slices: names, format: "count" },
                series: name(overview.byRecipient, t("byRecipient.others"), t("byRecipient.none")),
              }}
            >
              <div className="mt-4">
                <BarTable
                  caption={t("byRecipient.everybody")}
                  head={t("byRecipient.person")}
                  countHead={t("figures.leads")}
                  rows={overview.recipients.map((person, index) => ({
                    ...{ id: `${index}`, name: person.name, count: person.leads },
                  }))}
                />
              </div>
            </PlotSection>
          </div>
        )}
        <OutcomesSection outcomes={overview.outcomes} />
        <PlotSection
          title={t("prompt.title", { seconds: PROMPT_SECONDS })}
          explanation={t("prompt.explanation", { seconds: PROMPT_SECONDS })}
          whole={t("prompt.whole", { share: shareWords })}
          plot={{
            ...{ id: "prompt", slices: names, format: "share", most: 1 },
            series: [
              {
                ...{ id: "share", name: t("prompt.share"), look: "one" },
                values: arrivals.bySlice.map((slice) => toShare(slice.prompt, slice.leads)),
              },
            ],
          }}
        />
        <PlotSection
          title={t("entry.title")}
          explanation={t("entry.explanation")}
          whole={t("entry.whole", { time: medianWords })}
          plot={{
            ...{ id: "entry", slices: names, format: "seconds" },
            series: [
              {
                ...{ id: "median", name: t("entry.median"), look: "one" },
                values: entry.bySlice.map(toSeconds),
              },
            ],
          }}
        />
        <Failures failures={failures} zone={zone} />
      </div>
    </>
  );
}

type FailuresProps = Pick<Overview, "failures"> & { zone: string };

function Failures({ failures: { reasons, completeFrom }, zone }: FailuresProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const words = useTranslations("leads.outcomes");
  return (
    <section aria-labelledby="failures-title" className={`${panel} lg:col-span-2`}>
      <h2 id="failures-title" className="text-16 font-semibold">
        {t("failures.title")}
      </h2>
      <p className="mb-3 max-w-prose text-13 text-ink-muted">
        {t("failures.explanation")}{" "}
        {completeFrom !== null &&
          t("failures.completeFrom", {
            days: ATTEMPTS_KEPT_DAYS,
            date: format.dateTime(completeFrom, { dateStyle: "long", timeZone: zone }),
          })}
      </p>
      {reasons.length === 0 ? (
        <p className="text-14 font-medium text-good-ink">{t("failures.none")}</p>
      ) : (
        <BarTable
          caption={t("failures.title")}
          head={t("failures.reason")}
          countHead={t("figures.leads")}
          rows={reasons.map(({ outcome, leads }) => ({
            ...{ id: outcome, count: leads },
            name: words(words.has(outcome as "other") ? (outcome as "other") : "other"),
          }))}
        />
      )}
    </section>
  );
}

function NoLeads({ days, isOwn }: { days: string; isOwn: boolean }) {
  const t = useTranslations("overview");
  return (
    <>
      <p className="mb-3 text-13 text-ink-muted">{days}</p>
      <div className="rounded-panel border border-border bg-surface">
        <EmptyState title={t("empty.title")} hint={t(isOwn ? "empty.ownHint" : "empty.hint")}>
          <ButtonLink look="secondary" href="/">
            {t("empty.enter")}
          </ButtonLink>
        </EmptyState>
      </div>
    </>
  );
}

function toSeconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / (SECOND_MS / 10)) / 10;
}
