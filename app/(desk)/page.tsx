import { getTranslations } from "next-intl/server";
import { LeadEntry } from "@/components/leads/lead-entry";
import { PageTitle } from "@/components/shell/page-title";
import { requireUser } from "@/lib/auth/session";
import { listLeads } from "@/lib/leads/queries";
import { listFormFields } from "@/lib/mapping/queries";

export async function generateMetadata() {
  const t = await getTranslations("shell");
  return { title: t("newLead") };
}

export default async function NewLeadPage() {
  const user = await requireUser();
  const t = await getTranslations("shell");
  const recent = await listLeads({ authorId: user.id, limit: 5 });

  return (
    <>
      <PageTitle>{t("newLead")}</PageTitle>
      <LeadEntry personId={user.id} rules={await listFormFields()} recent={recent} serverNow={Date.now()} />
    </>
  );
}
