import Link from "next/link";
import { useTranslations } from "next-intl";
import { ExactTime } from "@/components/ui/exact-time";
import type { AuditLine } from "@/lib/audit/schema";
import { roles } from "@/lib/people/schema";

export function AuditList({ entries }: { entries: AuditLine[] }) {
  const t = useTranslations("audit");
  return (
    <ol
      aria-label={t("list")}
      className="border-border bg-surface max-md:-mx-4 max-md:border-y md:rounded-panel md:border"
    >
      {entries.map((entry) => (
        <li
          key={entry.id}
          className="flex flex-col gap-x-4 border-b border-border px-4 py-2 last:border-b-0 md:flex-row md:items-baseline"
        >
          <span className="shrink-0 text-12 text-ink-faint md:w-44">
            <ExactTime at={entry.at} />
          </span>
          <Line entry={entry} />
        </li>
      ))}
    </ol>
  );
}

function Line({ entry }: { entry: AuditLine }) {
  const t = useTranslations();
  const { action, who, subject, detail, lead } = entry;
  const isSignIn = action === "sign_in_failed" || action === "sign_in_refused";
  const toRole = (name: string | undefined) => {
    const role = roles.find((known) => known === name);
    return role ? t(`people.roles.${role}`) : (name ?? "");
  };
  const sentence = t.has(`audit.actions.${action}`)
    ? t(`audit.actions.${action}`, {
        who: who ?? t(isSignIn ? "audit.somebody" : "audit.terminal"),
        subject: subject ?? "",
        known: who ? "yes" : "no",
        own: who === null ? "terminal" : entry.isOwn ? "yes" : "no",
        how: detail.how ?? "password",
        roles: (detail.required ?? "").split(",").filter(Boolean).map(toRole).join(", ") || "none",
        signOn: detail.afterSignOn ? "yes" : "no",
        from: toRole(detail.from),
        to: toRole(detail.to),
        version: detail.version ?? 0,
        restored: detail.restored ?? 0,
        count: detail.count ?? 0,
        counted: detail.count === undefined ? "no" : (detail.end ?? "done"),
      })
    : action;

  return (
    <p className="min-w-0 break-words">
      {sentence}
      {lead && (
        <>
          {" · "}
          <Link
            href={`/leads/${lead.id}`}
            className="rounded-control font-medium text-accent-ink underline underline-offset-2"
          >
            {t("audit.lead", { title: lead.title || t("audit.nameless") })}
          </Link>
        </>
      )}
      {detail.address && (
        <span className="text-ink-muted"> · {t("audit.address", { address: detail.address })}</span>
      )}
    </p>
  );
}
