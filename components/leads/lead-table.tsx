import Link from "next/link";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/time";
import type { LeadSummary } from "@/lib/leads/schema";
import { LeadRow } from "./lead-row";
import { LeadStatus } from "./lead-status";

type LeadTableProps = { leads: LeadSummary[]; serverNow: number; withAuthor: boolean };

export function LeadTable({ leads, serverNow, withAuthor }: LeadTableProps) {
  return (
    <>
      <ul className="-mx-4 border-y border-border bg-surface md:hidden">
        {leads.map((lead) => (
          <LeadRow key={lead.id} lead={lead} serverNow={serverNow} withAuthor={withAuthor} />
        ))}
      </ul>
      <WideTable leads={leads} serverNow={serverNow} withAuthor={withAuthor} />
    </>
  );
}

function WideTable({ leads, serverNow, withAuthor }: LeadTableProps) {
  const t = useTranslations("leads");
  const columns = ["name", "contact", "source", ...(withAuthor ? ["author"] : []), "status", "time"];
  return (
    <div className="rounded-panel border border-border bg-surface max-md:hidden">
      <table className="w-full table-fixed text-left">
        <caption className="sr-only">{t("caption")}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={`sticky top-(--band) z-10 h-9 border-b border-border bg-surface px-2 text-12 font-medium text-ink-faint xl:px-3 first:rounded-tl-panel first:pl-4! last:rounded-tr-panel last:pr-4! max-lg:top-12 ${widths[column] ?? ""}`}
              >
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {leads.map((lead) => (
            <WideRow key={lead.id} lead={lead} serverNow={serverNow} withAuthor={withAuthor} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** On a narrow desktop the name keeps its place and the source gives way; it is on the lead's page. */
const widths: Record<string, string> = {
  contact: "w-32 xl:w-44",
  source: "max-xl:hidden w-40",
  author: "w-28 xl:w-44",
  status: "w-54 xl:w-60",
  time: "w-28 xl:w-32 text-right",
};
const cell = "truncate px-2 xl:px-3";

function WideRow({ lead, serverNow, withAuthor }: Omit<LeadTableProps, "leads"> & { lead: LeadSummary }) {
  const t = useTranslations("lead");
  return (
    <tr className="group/row h-10 border-b border-border text-13 last:border-b-0 hover:bg-sunken">
      <th scope="row" className={`${cell} pl-4! text-14 font-medium`}>
        <Link href={`/leads/${lead.id}`} translate="no" className="rounded-control hover:underline">
          {lead.title || t("nameless")}
        </Link>
      </th>
      <td translate="no" className={`${cell} text-ink-muted tabular-nums`}>
        {lead.contact}
      </td>
      <td className={`${cell} text-ink-muted max-xl:hidden`}>{lead.source}</td>
      {withAuthor && (
        <td translate="no" className={`${cell} text-ink-muted`}>
          {lead.author}
        </td>
      )}
      <td className={cell}>
        <LeadStatus lead={lead} serverNow={serverNow} />
      </td>
      <td className="px-2 pr-4! text-right text-ink-muted xl:px-3">
        <RelativeTime at={lead.createdAt} serverNow={serverNow} />
      </td>
    </tr>
  );
}
