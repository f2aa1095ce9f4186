import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  "needs-you": "bg-needs-you-tint text-needs-you-ink",
  "needs-admin": "bg-needs-admin-tint text-needs-admin-ink",
};

type NoticeProps = { tone?: keyof typeof tones; title: string; body: string; children?: ReactNode };

/** What happened, what it means, one thing to press. */
export function Notice({ tone = "needs-you", title, body, children }: NoticeProps) {
  return (
    <div role="alert" className={`flex gap-3 rounded-panel p-4 ${tones[tone]}`}>
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 grow">
        <p className="font-semibold">{title}</p>
        <p className="mt-1 text-ink">{body}</p>
        {children && <div className="mt-3 flex flex-wrap items-center gap-2">{children}</div>}
      </div>
    </div>
  );
}
