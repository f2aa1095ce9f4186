import { getTranslations } from "next-intl/server";
import { EntryPage } from "@/components/entry/entry-page";
import { PageTitle } from "@/components/shell/page-title";
import { FirstTray } from "@/components/tray/first-tray";
import { requireUser } from "@/lib/auth/session";
import { findLeadToCorrect, listLeads, listSources } from "@/lib/leads/queries";
import { isMoreOpen } from "@/lib/preferences/queries";
import { listFormFields } from "@/lib/published-mapping/queries";

export async function generateMetadata() {
  const t = await getTranslations("shell");
  return { title: t("newLead") };
}

export default async function NewLeadPage({ searchParams }: PageProps<"/">) {
  const user = await requireUser();
  const t = await getTranslations("shell");
  const { lead } = await searchParams;
  const rules = await listFormFields();
  const recent = await listLeads({ authorId: user.id, limit: 5 });
  const toCorrect = typeof lead === "string" ? ((await findLeadToCorrect(lead, user.id)) ?? null) : undefined;
  const serverNow = Date.now();

  return (
    <>
      <PageTitle>{t("newLead")}</PageTitle>
      <EntryPage
        personId={user.id}
        serverNow={serverNow}
        toCorrect={toCorrect}
        rules={rules}
        usedSources={await listSources(user.id)}
        isMoreOpen={await isMoreOpen()}
      >
        <FirstTray initialLeads={recent} serverNow={serverNow} />
      </EntryPage>
    </>
  );
}
