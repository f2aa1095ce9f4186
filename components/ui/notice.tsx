import type { ReactNode } from "react";
import { TriangleAlert } from "./first-icons";

type NoticeProps = {
  /** Only for a notice that appears while the person is on the page. */
  role?: "alert";
  title: string;
  body: string;
  children?: ReactNode;
};

export function Notice({ role, title, body, children }: NoticeProps) {
  return (
    <div role={role} className="flex gap-3 rounded-panel bg-needs-you-tint p-4 text-needs-you-ink">
      <TriangleAlert className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 grow">
        <p className="font-semibold">{title}</p>
        <p className="mt-1 text-ink">{body}</p>
        {children && <div className="mt-3 flex flex-wrap items-center gap-2">{children}</div>}
      </div>
    </div>
  );
}
