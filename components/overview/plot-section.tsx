"use client";

import { ChartColumn, Table2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { useModule } from "@/components/ui/use-module";
import type { Plot } from "./plot";
import { PlotTable } from "./plot-table";

type PlotSectionProps = {
  title: string;
  explanation: string;
  plot: Plot;
  totals?: string[];
  whole: string;
  children?: ReactNode;
};

/** If the chart's script does not load, the table is shown instead. */
const loadPlot = () =>
  import("./stack-plot").then(
    ({ StackPlot }) => ({ StackPlot }),
    () => ({ StackPlot: undefined }),
  );

export function PlotSection({ title, explanation, plot, totals = [], whole, children }: PlotSectionProps) {
  const t = useTranslations("overview");
  const [isTable, setTable] = useState(false);
  const loaded = useModule(loadPlot, true);
  const isMissing = loaded !== undefined && loaded.StackPlot === undefined;

  return (
    <section
      aria-labelledby={`${plot.id}-title`}
      className="min-w-0 rounded-panel border border-border bg-surface p-3 md:p-4"
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
        <div className="min-w-0 grow basis-60">
          <h2 id={`${plot.id}-title`} className="text-16 font-semibold">
            {title}
          </h2>
          <p className="max-w-prose text-13 text-ink-muted">{explanation}</p>
        </div>
        {!isMissing && (
          <Button
            look="secondary"
            size="small"
            aria-controls={`${plot.id}-table`}
            aria-expanded={isTable}
            onClick={() => setTable(!isTable)}
          >
            {isTable ? (
              <ChartColumn aria-hidden className="size-4" />
            ) : (
              <Table2 aria-hidden className="size-4" />
            )}
            {t(isTable ? "asPlot" : "asTable")}
          </Button>
        )}
      </div>
      <div className="relative mt-3 min-h-60">
        {!isTable && loaded?.StackPlot && <loaded.StackPlot plot={plot} totals={totals} whole={whole} />}
        {isMissing && <p className="mb-2 text-13 text-ink-muted">{t("noPlot")}</p>}
        <PlotTable plot={plot} caption={title} isShown={isTable || isMissing} />
      </div>
      {children}
    </section>
  );
}
