import type { ReactNode } from "react";

export function ValueRow({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-3 sm:gap-x-4 border-b border-border px-4 py-2 last:border-b-0">
      <dt className="w-24 text-13 sm:w-28 break-words text-ink-muted">{name}</dt>
      <dd className="flow-root min-w-0 grow basis-36 break-words whitespace-pre-line tabular-nums">
        {children}
      </dd>
    </div>
  );
}
