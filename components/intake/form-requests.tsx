import Link from "next/link";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/relative-time";

type ShownRequest = {
  id: string;
  at: number;
  result: string;
  leadId: string | null;
  fields: { name: string; value: string }[];
};

/** The last requests, newest first: what became of each, and its fields with masked values. */
export function FormRequests({ requests, serverNow }: { requests: ShownRequest[]; serverNow: number }) {
  const t = useTranslations("intake");
  if (requests.length === 0) return <p className="text-13 text-ink-muted">{t("requests.empty")}</p>;
  return (
    <ul className="max-w-2xl rounded-panel border border-border bg-surface">
      {requests.map(({ id, at, result, leadId, fields }) => (
        <li key={id} className="border-b border-border px-4 py-2 text-13 last:border-b-0">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className={isGood(result) ? "font-medium" : "font-medium text-needs-you-ink"}>
              {t(`results.${result}`)}
            </span>
            <span className="text-12 text-ink-faint">
              <RelativeTime at={at} serverNow={serverNow} />
            </span>
          </div>
          {fields.length > 0 && (
            <dl translate="no" className="mt-1 flex flex-wrap gap-x-4 text-12 text-ink-muted">
              {fields.map(({ name, value }) => (
                <div key={`${name} ${value}`} className="flex min-w-0 gap-1">
                  <dt className="text-ink-faint">{name}:</dt>
                  <dd className="min-w-0 font-mono break-all">{value}</dd>
                </div>
              ))}
            </dl>
          )}
          {leadId && (
            <Link
              href={`/leads/${leadId}`}
              prefetch={false}
              className="inline-flex min-h-11 items-center rounded-control font-medium text-accent-ink hover:underline lg:min-h-6"
            >
              {t("requests.lead")}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

function isGood(result: string): boolean {
  return result === "accepted" || result === "to_check" || result === "repeated" || result === "test";
}
