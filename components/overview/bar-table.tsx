import { useFormatter } from "next-intl";

type BarTableProps = {
  caption: string;
  head: string;
  countHead: string;
  rows: { id: string; name: string; count: number }[];
};

// One lead is a short bar, not a whole line.
const LEAST_WHOLE = 4;

/** A table with a bar for each number. */
export function BarTable({ caption, head, countHead, rows }: BarTableProps) {
  const { number } = useFormatter();
  const most = Math.max(...rows.map(({ count }) => count), LEAST_WHOLE);
  return (
    <table className="w-full text-13">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-12 text-ink-muted">
        <tr>
          <th scope="col" className="py-1.5 pr-4 text-left font-medium">
            {head}
          </th>
          <td className="max-sm:hidden" />
          <th scope="col" className="py-1.5 pl-4 text-right font-medium">
            {countHead}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, count }) => (
          <tr key={id} className="border-t border-border">
            <th
              scope="row"
              className="max-w-48 py-2 pr-4 text-left font-normal wrap-anywhere sm:w-56 sm:max-w-56"
            >
              {name}
            </th>
            <td className="max-sm:hidden">
              <svg aria-hidden="true" className="block h-3 w-full rounded-xs">
                <rect width={`${(100 * count) / most}%`} height="100%" className="fill-plot-1" />
              </svg>
            </td>
            <td className="w-20 py-2 pl-4 text-right font-medium tabular-nums">{number(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
