import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { FormStatus } from "./form-status";

const columns = ["form", "status", "leadsOfDay", "errorsOfDay", "lastLead"] as const;

type ShownForm = {
  id: string;
  name: string;
  pausedAt: number | null;
  lastLeadAt: number | null;
  leadsOfDay: number;
  errorsOfDay: number;
};

/** A row is one line, or two on a phone. */
export function FormsTable({ forms, serverNow }: { forms: ShownForm[]; serverNow: number }) {
  const t = useTranslations("intake");
  return (
    <div className="border-border bg-surface max-md:-mx-4 max-md:border-y md:rounded-panel md:border">
      {forms.length === 0 ? (
        <EmptyState title={t("empty.title")} hint={t("empty.hint")} />
      ) : (
        <table className="w-full text-left max-md:block">
          <caption className="sr-only">{t("title")}</caption>
          <thead className="max-md:sr-only">
            <tr>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="h-9 border-b border-border px-2 text-12 font-medium whitespace-nowrap text-ink-faint first:pl-4 last:pr-4 [&:nth-child(n+3)]:text-right"
                >
                  {t(`columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="max-md:block">
            {forms.map((form) => (
              <Row key={form.id} form={form} serverNow={serverNow} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Row({ form, serverNow }: { form: ShownForm; serverNow: number }) {
  const t = useTranslations("intake");
  const { id, name, pausedAt, lastLeadAt, leadsOfDay, errorsOfDay } = form;
  return (
    <tr className="relative border-b border-border text-13 last:border-b-0 hover:bg-sunken max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-3 max-md:px-4 max-md:py-2 md:h-10 md:pointer-coarse:h-11">
      <th scope="row" className="text-14 font-medium md:max-w-64 md:px-2 md:pl-4">
        <Link
          href={`/admin/intake/${id}`}
          translate="no"
          className="block truncate rounded-control py-1 after:absolute after:inset-0 hover:underline pointer-coarse:py-2"
        >
          {name}
        </Link>
      </th>
      <td className="max-md:text-right md:px-2">
        <FormStatus isPaused={pausedAt !== null} />
      </td>
      <td className="tabular-nums md:px-2 md:text-right">
        <span className="text-ink-muted md:hidden">{t("columns.leadsOfDay")}: </span>
        {leadsOfDay}
      </td>
      <td
        className={`tabular-nums max-md:text-right md:px-2 md:text-right ${errorsOfDay > 0 ? "font-medium text-needs-you-ink" : "text-ink-muted"}`}
      >
        <span className="md:hidden">{t("columns.errorsOfDay")}: </span>
        {errorsOfDay}
      </td>
      <td className="text-ink-muted max-md:col-span-2 md:px-2 md:pr-4 md:text-right">
        {lastLeadAt === null ? t("noLead") : <RelativeTime at={lastLeadAt} serverNow={serverNow} />}
      </td>
    </tr>
  );
}
