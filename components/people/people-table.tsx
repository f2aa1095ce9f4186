import Link from "next/link";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ListedPerson } from "@/lib/people/schema";
import { AccountStatusChip } from "./account-status-chip";

const columns = ["columnName", "email", "role", "columnStanding", "lastSignIn"] as const;

type PeopleTableProps = { people: ListedPerson[]; ownId: string; serverNow: number };

/** A row is one line, or two on a phone. */
export function PeopleTable({ people, ownId, serverNow }: PeopleTableProps) {
  const t = useTranslations("people");
  return (
    <div className="border-border bg-surface max-md:-mx-4 max-md:border-y md:rounded-panel md:border">
      <table className="w-full text-left max-md:block">
        <caption className="sr-only">{t("list")}</caption>
        <thead className="max-md:sr-only">
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className="h-9 border-b border-border px-2 text-12 font-medium whitespace-nowrap text-ink-faint first:pl-4 last:pr-4 last:text-right max-lg:last:hidden"
              >
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-md:block">
          {people.map((person) => (
            <Row key={person.id} person={person} isOwn={person.id === ownId} serverNow={serverNow} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const cell = "md:px-2";

function Row({ person, isOwn, serverNow }: { person: ListedPerson; isOwn: boolean; serverNow: number }) {
  const t = useTranslations("people");
  return (
    <tr className="group/row relative border-b border-border text-13 last:border-b-0 hover:bg-sunken max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-3 max-md:px-4 max-md:py-2 md:h-10 md:pointer-coarse:h-11">
      <th scope="row" className={`${cell} text-14 font-medium md:max-w-56 md:pl-4`}>
        <Link
          href={`/admin/people/${person.id}`}
          translate="no"
          className="block truncate rounded-control py-1 after:absolute after:inset-0 hover:underline pointer-coarse:py-2"
        >
          {person.name}
          {isOwn && <span className="ml-1 font-normal text-ink-muted">{t("you")}</span>}
        </Link>
      </th>
      <td translate="no" className={`${cell} truncate text-ink-muted max-md:order-3 md:max-w-56`}>
        {person.email}
      </td>
      <td className={`${cell} whitespace-nowrap max-md:order-4 max-md:text-right max-md:text-ink-muted`}>
        {t(`roles.${person.role}`)}
      </td>
      <td className={`${cell} max-md:order-2 max-md:text-right`}>
        <AccountStatusChip status={person.status} />
      </td>
      <td className={`${cell} text-right whitespace-nowrap text-ink-muted max-lg:hidden lg:pr-4`}>
        {person.lastSignInAt === null ? (
          t("never")
        ) : (
          <RelativeTime at={person.lastSignInAt} serverNow={serverNow} />
        )}
      </td>
    </tr>
  );
}
