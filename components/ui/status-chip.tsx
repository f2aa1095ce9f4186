import type { ReactNode } from "react";
import type { Icon } from "./line-icon";

const tones = {
  waiting: "bg-waiting-tint text-waiting-ink",
  underway: "bg-underway-tint text-underway-ink",
  good: "bg-good-tint text-good-ink",
  "needs-you": "bg-needs-you-tint text-needs-you-ink",
  "needs-admin": "bg-needs-admin-tint text-needs-admin-ink",
};

export type Tone = keyof typeof tones;

type StatusChipProps = {
  tone: Tone;
  icon: Icon;
  /** Stays in sight where the words are cut. */
  end?: ReactNode;
  children: ReactNode;
};

export function StatusChip({ tone, icon: ToneIcon, end, children }: StatusChipProps) {
  return (
    <span
      className={`inline-flex min-h-6 max-w-full items-center gap-1 rounded-control px-2 py-1 text-12 font-medium tabular-nums ${tones[tone]}`}
    >
      <ToneIcon aria-hidden className="size-3.5 shrink-0" />
      <span className="min-w-0 overflow-hidden text-ellipsis">{children}</span>
      {end}
    </span>
  );
}
