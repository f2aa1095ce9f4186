import type { LeadSummary } from "@/lib/domain/lead/schema";

type Stage = NonNullable<NonNullable<LeadSummary["there"]>["stage"]>;

/** A stage as Kommo calls and colours it. The picture has its colour as an attribute: the page's policy allows no style there. */
export function StageMark({ stage: { name, color } }: { stage: Stage }) {
  return (
    <span translate="no" className="inline-flex min-w-0 items-center gap-1 text-12 text-ink-muted">
      <svg aria-hidden viewBox="0 0 10 10" className="size-2.5 shrink-0 stroke-border-strong">
        <circle cx="5" cy="5" r="4.5" fill={/^#[\da-f]{6}$/i.test(color) ? color : "none"} />
      </svg>
      <span className="min-w-0 truncate">{name}</span>
    </span>
  );
}
