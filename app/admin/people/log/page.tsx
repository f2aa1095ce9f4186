import { getTranslations } from "next-intl/server";
import { AuditFilter } from "@/components/audit/audit-filter";
import { AuditList } from "@/components/audit/audit-list";
import { BackLink } from "@/components/people/back-link";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { listAudit } from "@/lib/audit/queries";
import { auditFilterSchema } from "@/lib/audit/schema";
import { requireAdmin } from "@/lib/auth/session";
import { listPeople } from "@/lib/people/queries";

export async function generateMetadata() {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function LogPage({ searchParams }: PageProps<"/admin/people/log">) {
  await requireAdmin("/admin/people/log");
  const t = await getTranslations("audit");
  const { before, ...filter } = auditFilterSchema.parse(await searchParams);
  const [{ entries, next }, people] = [await listAudit({ ...filter, before }), await listPeople()];
  const toHref = (more: Record<string, string>) =>
    `/admin/people/log?${new URLSearchParams({ ...withoutGaps(filter), ...more })}`;
  const empty = Object.keys(withoutGaps(filter)).length > 0 ? "noMatch" : "empty";

  return (
    <>
      <BackLink />
      <h1 className="mt-1 mb-4 text-28 font-semibold max-lg:sr-only">{t("title")}</h1>
      <AuditFilter filter={filter} people={people.map(({ id, name }) => ({ id, name }))} />
      {entries.length > 0 ? (
        <AuditList entries={entries} />
      ) : (
        <div className="rounded-panel border border-border bg-surface">
          <EmptyState title={t(empty)} hint={t(`${empty}Hint`)} />
        </div>
      )}
      <div className="mt-4 flex gap-2">
        {before && (
          <ButtonLink look="secondary" href={toHref({})}>
            {t("newest")}
          </ButtonLink>
        )}
        {next && (
          <ButtonLink look="secondary" href={toHref({ before: next })}>
            {t("older")}
          </ButtonLink>
        )}
      </div>
    </>
  );
}

function withoutGaps(filter: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}
