import type { ReactNode } from "react";

type SectionHeadProps = { id: string; title: string; hint: string; children: ReactNode; className?: string };

/** What a section is, and beside it what can be done with it. */
export function SectionHead({ id, title, hint, children, className = "" }: SectionHeadProps) {
  return (
    <div className={`flex flex-wrap items-center justify-between gap-2 ${className}`}>
      <div>
        <h2 id={id} className="text-16 font-semibold">
          {title}
        </h2>
        <p className="text-13 text-ink-muted">{hint}</p>
      </div>
      {children}
    </div>
  );
}
