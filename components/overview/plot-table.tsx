"use client";

import { useTranslations } from "next-intl";
import type { Plot } from "./plot";
import { usePlotFormat } from "./use-plot-format";

type PlotTableProps = { plot: Plot; caption: string; isShown: boolean };

/** The chart as a table: always present for screen readers, visible on request. */
export function PlotTable({ plot, caption, isShown }: PlotTableProps) {
  const t = useTranslations("overview");
  const toWords = usePlotFormat(plot.format);
  const { slices, series } = plot;
  const isSummed = series.length > 1;
  const toSum = (index: number) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);

  return (
    <div
      id={`${plot.id}-table`}
      {...(isShown && { role: "group", "aria-label": caption, tabIndex: 0 })}
      className={isShown ? "relative max-h-96 overflow-auto" : "sr-only"}
    >
      <table className="w-full text-13 tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-surface text-12 text-ink-muted">
          <tr>
            <th scope="col" className="py-2 pr-4 text-left font-medium">
              {slices.head}
            </th>
            {series.map(({ id, name }) => (
              <th key={id} scope="col" className="max-w-40 py-2 pl-4 text-right font-medium">
                {name}
              </th>
            ))}
            {isSummed && (
              <th scope="col" className="py-2 pl-4 text-right font-medium">
                {t("total")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {slices.names.map((name, index) => (
            <tr key={name} className="border-t border-border">
              <th scope="row" className="py-1.5 pr-4 text-left font-normal whitespace-nowrap">
                {name}
              </th>
              {series.map(({ id, values }) => (
                <td key={id} className="py-1.5 pl-4 text-right">
                  {toCell(values[index], toWords)}
                </td>
              ))}
              {isSummed && <td className="py-1.5 pl-4 text-right font-medium">{toWords(toSum(index))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toCell(value: number | null | undefined, toWords: (value: number) => string): string {
  return value === null || value === undefined ? "–" : toWords(value);
}
