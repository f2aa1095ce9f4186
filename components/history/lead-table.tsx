import { useTranslations } from "next-intl";
import { OpenRows } from "@/components/history/open-rows";
import { RowChoice } from "@/components/history/selection/row-choice";
import { SortLink } from "@/components/history/sort-link";
import { LeadLink } from "@/components/lead/lead-link";
import { LeadStatus } from "@/components/lead/lead-status";
import { useAuthorName } from "@/components/lead/use-author-name";
import { RelativeTime } from "@/components/ui/relative-time";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import type { History } from "@/lib/history/schema";

type LeadTableProps = { leads: LeadSummary[]; serverNow: number; withAuthor: boolean; history: History };

/** The columns that can be sorted. Search results are sorted by time only. */
const sorts: Record<string, { up: NonNullable<History["sort"]>; down: NonNullable<History["sort"]> }> = {
  name: { up: "name", down: "name_desc" },
  time: { up: "oldest", down: "newest" },
};

/** A row is one line, or two on a phone. What does not fit is on the lead's page. */
export function LeadTable({ leads, serverNow, withAuthor, history }: LeadTableProps) {
  const t = useTranslations("leads");
  const columns = [
    ...(withAuthor ? ["choice"] : []),
    "name",
    "contact",
    "source",
    "status",
    ...(withAuthor ? ["author"] : []),
    "time",
  ];
  const sort = history.sort ?? "newest";
  return (
    <div
      id="leads"
      className="border-border bg-surface max-md:-mx-4 max-md:border-y md:rounded-panel md:border"
    >
      <table className="w-full text-left max-md:block md:table-fixed">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="max-md:sr-only">
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                aria-sort={toAriaSort(column, sort)}
                className={`sticky top-(--band) z-10 h-9 border-b border-border bg-surface px-2 text-12 font-medium whitespace-nowrap text-ink-faint first:rounded-tl-panel first:pl-4 last:rounded-tr-panel ${widths[column] ?? ""} last:pr-4 last:text-right max-lg:top-12 xl:px-3 ${hiddenWhenNarrow[column] ?? ""}`}
              >
                {sorts[column] && !(history.q && column === "name") ? (
                  <SortLink history={history} {...sorts[column]}>
                    {t(column)}
                  </SortLink>
                ) : (
                  <span className={column === "choice" ? "sr-only" : ""}>{t(column)}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <OpenRows as="tbody" className="max-md:block">
          {leads.map((lead) => (
            <Row key={lead.id} lead={lead} serverNow={serverNow} withAuthor={withAuthor} />
          ))}
        </OpenRows>
      </table>
    </div>
  );
}

function toAriaSort(column: string, sort: string): "ascending" | "descending" | undefined {
  if (sorts[column]?.up === sort) return "ascending";
  return sorts[column]?.down === sort ? "descending" : undefined;
}

/** The name has what the others leave: each is as wide as what people read in it. */
const widths: Record<string, string> = {
  choice: "md:w-11",
  contact: "md:w-[22%] lg:w-[20%] xl:w-[15%]",
  source: "xl:w-[10%]",
  status: "md:w-[30%] lg:w-[27%] xl:w-[31%]",
  author: "lg:w-[16%] xl:w-[12%]",
  time: "md:w-[15%] xl:w-[11%]",
};

/** In a narrow row these columns are hidden before the name is. */
const hiddenWhenNarrow: Record<string, string> = { source: "max-xl:hidden", author: "max-lg:hidden" };

const cell = "whitespace-nowrap md:px-2 xl:px-3";

// On a phone the row's `before` starts the second line.
const folded =
  "max-md:flex max-md:flex-wrap max-md:items-center max-md:justify-between max-md:gap-x-2 max-md:gap-y-0.5 max-md:px-4 max-md:py-2 max-md:before:order-3 max-md:before:basis-full";

function Row({
  lead,
  serverNow,
  withAuthor,
}: Omit<LeadTableProps, "leads" | "history"> & { lead: LeadSummary }) {
  const toAuthorName = useAuthorName();
  return (
    <tr
      className={`group/row relative cursor-pointer border-b border-border text-13 last:border-b-0 hover:bg-sunken has-checked:bg-accent-tint md:h-10 md:pointer-coarse:h-11 ${folded}`}
    >
      {withAuthor && (
        <td className="max-md:-mx-4 md:pl-1.5">
          <RowChoice id={lead.id} name={lead.title} />
        </td>
      )}
      <th
        scope="row"
        className={`${cell} truncate text-14 font-medium max-md:order-1 max-md:min-w-0 max-md:grow max-md:basis-32 ${withAuthor ? "" : "md:pl-4 xl:pl-4"}`}
      >
        <LeadLink lead={lead} />
      </th>
      <td
        translate="no"
        className={`${cell} max-w-full truncate text-ink-muted tabular-nums max-md:order-4 ${withAuthor ? "max-md:pl-5" : ""}`}
      >
        {lead.contact}
      </td>
      <td className={`${cell} truncate text-ink-muted ${hiddenWhenNarrow.source}`}>{lead.source}</td>
      <td className={`${cell} max-md:order-5 max-md:ml-auto max-md:whitespace-normal md:truncate`}>
        <LeadStatus lead={lead} serverNow={serverNow} withStage={false} />
      </td>
      {withAuthor && (
        <td translate="no" className={`${cell} truncate text-ink-muted ${hiddenWhenNarrow.author}`}>
          {toAuthorName(lead)}
        </td>
      )}
      <td
        className={`${cell} text-right text-ink-muted max-md:order-2 max-md:text-12 max-md:text-ink-faint md:pr-4 xl:pr-4`}
      >
        <RelativeTime at={lead.createdAt} serverNow={serverNow} />
      </td>
    </tr>
  );
}
