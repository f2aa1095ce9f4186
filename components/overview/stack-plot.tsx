"use client";

import { scaleBand, scaleLinear } from "@visx/scale";
import { BarStack } from "@visx/shape";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Plot, PlotSeries } from "./plot";
import { Patterns, Swatch } from "./swatch";
import { usePlotFormat } from "./use-plot-format";

const HEIGHT = 208;
const LEFT = 44;
const BELOW = 24;
const ABOVE = 8;
const TICKS = 4;
const LABEL_WIDTH = 56;
const MAX_BAR = 32;
// One lead is a low bar, not a full one.
const LEAST_TOP = 4;

/** Stacked bars. The legend shows the numbers of the bar under the pointer, or the totals. */
export function StackPlot({ plot, totals, whole }: { plot: Plot; totals: string[]; whole: string }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [active, setActive] = useState<number>();
  const toWords = usePlotFormat(plot.format);
  const { id, series, slices } = plot;
  const toSum = (index: number) =>
    series.every(({ values }) => values[index] === null) ? "–" : toWords(sumOf(series, index));
  const pointed = active === undefined ? undefined : `${slices.names[active]}: ${toSum(active)}`;

  return (
    <div aria-hidden ref={box} className="min-w-0">
      <p className="text-13 font-medium tabular-nums">{pointed ?? whole}</p>
      {series.length > 1 && (
        <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-13">
          {series.map(({ id: name, name: words, look, values }, index) => (
            <li key={name} className="flex min-w-0 items-center gap-1.5">
              <Swatch of={id} look={look} />
              <span className="max-w-40 truncate text-ink-muted">{words}</span>
              <span className="font-medium tabular-nums">
                {active === undefined ? totals[index] : toWords(values[active] ?? 0)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <svg aria-hidden="true" width={Math.max(width, 1)} height={HEIGHT} className="mt-2 block max-w-full">
        <Patterns of={id} />
        {width > LEFT && <Bars plot={plot} width={width} active={active} onPoint={setActive} />}
      </svg>
    </div>
  );
}

type BarsProps = {
  plot: Plot;
  width: number;
  active: number | undefined;
  onPoint: (slice: number | undefined) => void;
};

function Bars({ plot: { id, series, slices, most, format }, width, active, onPoint }: BarsProps) {
  const toWords = usePlotFormat(format);
  const rows = slices.names.map((_, index) => index);
  const highest = Math.max(...rows.map((index) => sumOf(series, index)));
  const x = scaleBand<number>({ domain: rows, range: [LEFT, width], padding: 0.2 });
  const y = scaleLinear<number>({
    domain: [0, most ?? Math.max(highest, format === "count" ? LEAST_TOP : 1)],
    range: [HEIGHT - BELOW, ABOVE],
    nice: most === undefined && TICKS,
  });
  const ticks = y.ticks(TICKS).filter((tick) => format !== "count" || Number.isInteger(tick));
  const looks = new Map(series.map((one) => [one.id, one.look]));
  const bar = Math.min(x.bandwidth(), MAX_BAR);
  const toMiddle = (index: number) => (x(index) ?? 0) + x.bandwidth() / 2;
  const every = Math.ceil((rows.length * LABEL_WIDTH) / (width - LEFT));

  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} className="stroke-border" />
          <text x={LEFT - 8} y={y(tick)} dy="0.32em" textAnchor="end" className="fill-ink-faint text-12">
            {toWords(tick)}
          </text>
        </g>
      ))}
      <BarStack
        data={rows}
        keys={series.map((one) => one.id)}
        value={(index, key) => series.find((one) => one.id === key)?.values[index] ?? 0}
        x={(index) => index}
        xScale={x}
        yScale={y}
        color={() => ""}
      >
        {(stacks) =>
          stacks.flatMap(({ key, bars }) =>
            bars.map(({ index, x: left, y: top, height, width: band }) => (
              <rect
                key={`${key}-${index}`}
                x={left + (band - bar) / 2}
                y={top}
                width={bar}
                height={Math.max(height, 0)}
                fill={`url(#${id}-${looks.get(key) ?? "one"})`}
                className="stroke-surface"
                strokeWidth={bar > 4 ? 1 : 0}
              />
            )),
          )
        }
      </BarStack>
      {rows.map((index) => (
        <g key={index}>
          {index % every === 0 && toMiddle(index) <= width - LABEL_WIDTH / 2 && (
            <text x={toMiddle(index)} y={HEIGHT - 6} textAnchor="middle" className="fill-ink-faint text-12">
              {slices.short[index]}
            </text>
          )}
          <rect
            x={(x(index) ?? 0) - (x.step() - x.bandwidth()) / 2}
            y={0}
            width={x.step()}
            height={HEIGHT - BELOW}
            className={index === active ? "fill-accent opacity-10" : "fill-transparent"}
            onPointerEnter={() => onPoint(index)}
            onPointerLeave={({ pointerType }) => pointerType === "mouse" && onPoint(undefined)}
          />
        </g>
      ))}
    </>
  );
}

function sumOf(series: PlotSeries[], index: number): number {
  return series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
}

/** The element's width in pixels; 0 before the first measurement. */
function useWidth(element: RefObject<Element | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
