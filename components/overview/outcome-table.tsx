import { useFormatter, useTranslations } from "next-intl";
import type { OutcomeRow } from "@/lib/overview/schema";

type OutcomeTableProps = { caption: string; head: string; rows: (OutcomeRow & { shown: string })[] };

const cell = "py-2 pl-2 text-right align-baseline tabular-nums sm:pl-3";

/** Of each row's leads in Kommo: how many were accepted within an hour, and how many were won. */
export function OutcomeTable({ caption, head, rows }: OutcomeTableProps) {
  const t = useTranslations("overview.outcomes");
  return (
    <table className="w-full text-13">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-12 text-ink-muted">
        <tr className="align-bottom">
          <th scope="col" className="py-1.5 text-left font-medium">
            {head}
          </th>
          {(["confirmed", "soon", "won"] as const).map((column) => (
            <th key={column} scope="col" className="w-16 py-1.5 pl-2 text-right font-medium sm:w-28 sm:pl-3">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, kind, shown, counts: { confirmed, judged, soon, won } }) => (
          <tr key={`${kind} ${id}`} className="border-t border-border">
            <th scope="row" className="py-2 text-left align-baseline font-normal wrap-anywhere">
              {shown}
            </th>
            <Cell count={confirmed} />
            <Cell count={soon} of={judged} />
            <Cell count={won} of={confirmed} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** With its share, where there is anything to have a share of. */
function Cell({ count, of = 0 }: { count: number; of?: number }) {
  const { number } = useFormatter();
  return (
    <td className={cell}>
      <span className="font-medium">{number(count)}</span>
      {of > 0 && (
        <span className="text-ink-muted max-sm:block sm:ml-2 sm:inline-block sm:min-w-9">
          {number(count / of, { style: "percent", maximumFractionDigits: 0 })}
        </span>
      )}
    </td>
  );
}
