import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";

type EntryProps = { id: number; name: string; facts: ReactNode; children?: ReactNode };

export function Entry({ id, name, facts, children }: EntryProps) {
  return (
    <li className="border-b border-border px-4 py-2 last:border-b-0">
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0 grow pt-1">
          <p translate="no" className="font-medium break-words">
            {name}
          </p>
          <p className="text-12 text-ink-muted">{facts}</p>
        </div>
        <IdButton id={id} name={name} />
      </div>
      {children}
    </li>
  );
}

export function IdButton({ id, name }: { id: number; name: string }) {
  const t = useTranslations("catalogue");
  return (
    <CopyButton text={String(id)} label={t("copyId", { name, id: String(id) })} className="shrink-0">
      <span className="font-mono tabular-nums">{id}</span>
    </CopyButton>
  );
}
