import type { ReactNode } from "react";
import { type Look, looks } from "./plot";

const SIZE = 6;

const colours: Record<Look, string> = {
  one: "fill-plot-1",
  two: "fill-plot-2",
  three: "fill-plot-3",
  four: "fill-plot-4",
  five: "fill-plot-5",
  others: "fill-ink-faint",
  none: "fill-border-strong",
};
const marks: Record<Look, ReactNode> = {
  one: null,
  two: <path d="M0 6 6 0M-1 1 1-1M5 7 7 5" />,
  three: <path d="M3 2v2" strokeWidth={2} />,
  four: <path d="M0 0 6 6M-1 5 1 7M5-1 7 1" />,
  five: <path d="M0 3h6" />,
  others: null,
  none: <path d="M3 0v6" />,
};

/** Series differ by pattern as well as by colour. */
export function Patterns({ of }: { of: string }) {
  return (
    <defs>
      {looks.map((look) => (
        <pattern key={look} id={`${of}-${look}`} width={SIZE} height={SIZE} patternUnits="userSpaceOnUse">
          <rect width={SIZE} height={SIZE} className={colours[look]} />
          <g className="stroke-surface" fill="none">
            {marks[look]}
          </g>
        </pattern>
      ))}
    </defs>
  );
}

export function Swatch({ of, look }: { of: string; look: Look }) {
  return (
    <svg aria-hidden="true" className="size-3.5 shrink-0 rounded-xs">
      <rect width="100%" height="100%" fill={`url(#${of}-${look})`} />
    </svg>
  );
}
