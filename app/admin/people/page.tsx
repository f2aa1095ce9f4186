import { ScrollText, UserPlus } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { PeopleTable } from "@/components/people/people-table";
import { FactorRules } from "@/components/second-factor/factor-rules";
import { PageTitle } from "@/components/shell/page-title";
import { ButtonLink } from "@/components/ui/button-link";
import { requireAdmin } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { getEnv } from "@/lib/env";
import { listPeople } from "@/lib/people/queries";
import { getFactorRules } from "@/lib/second-factor/queries";

export async function generateMetadata() {
  const t = await getTranslations("people");
  return { title: t("title") };
}

export default async function PeoplePage() {
  const admin = await requireAdmin("/admin/people");
  const t = await getTranslations("people");

  return (
    <>
      <PageTitle>{t("title")}</PageTitle>
      <div className="mb-4 flex flex-wrap gap-2">
        <ButtonLink href="/admin/people/new">
          <UserPlus aria-hidden className="size-4" />
          {t("addPerson")}
        </ButtonLink>
        <ButtonLink look="secondary" href="/admin/people/log">
          <ScrollText aria-hidden className="size-4" />
          {t("openLog")}
        </ButtonLink>
      </div>
      <PeopleTable people={await listPeople()} ownId={admin.id} serverNow={tellTime()} />
      <h2 className="mt-8 mb-3 text-16 font-semibold">{t("factorRules")}</h2>
      <FactorRules rules={await getFactorRules()} hasSignOn={getEnv().oidc !== undefined} />
    </>
  );
}
