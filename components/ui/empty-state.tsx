import type { ReactNode } from "react";

type EmptyStateProps = { title: string; hint: string; children?: ReactNode };

export function EmptyState({ title, hint, children }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-1 p-4">
      <p className="font-medium">{title}</p>
      <p className="max-w-prose text-13 text-ink-muted">{hint}</p>
      {children && <div className="mt-3">{children}</div>}
    </div>
  );
}
