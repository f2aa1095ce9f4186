import type { ReactNode } from "react";
import { ExactTime } from "@/components/ui/exact-time";

/** One moment in a lead's history. The line on the left connects it to the next. */
export function Step({ title, at, children }: { title: string; at?: number; children: ReactNode }) {
  return (
    <li className="relative border-l border-border pb-6 pl-6 last:border-transparent last:pb-0">
      <span
        aria-hidden
        className="absolute top-1 -left-1.5 size-3 rounded-full border-2 border-background bg-border-strong"
      />
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-semibold">{title}</h3>
        {at !== undefined && (
          <span className="text-12 text-ink-faint">
            <ExactTime at={at} />
          </span>
        )}
      </div>
      <div className="mt-1 text-13 text-ink-muted">{children}</div>
    </li>
  );
}
