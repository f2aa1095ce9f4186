import { getTranslations } from "next-intl/server";
import { EntryPage } from "@/components/entry/entry-page";
import { SetUpList } from "@/components/set-up/set-up-list";
import { PageTitle } from "@/components/shell/page-title";
import { FirstTray } from "@/components/tray/first-tray";
import { requireUser } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { findAskedConsent } from "@/lib/consent/queries";
import { toShownConsent } from "@/lib/consent/schema";
import { findLeadToCorrect, listSources, listTray } from "@/lib/leads/queries";
import { getLocale, isMoreOpen } from "@/lib/preferences/queries";
import { listFormFields } from "@/lib/published-mapping/queries";
import { listSetUpSteps } from "@/lib/set-up/queries";

export async function generateMetadata() {
  const t = await getTranslations("shell");
  return { title: t("newLead") };
}

export default async function NewLeadPage({ searchParams }: PageProps<"/">) {
  const user = await requireUser();
  const t = await getTranslations("shell");
  const { lead } = await searchParams;
  const consent = toShownConsent(await findAskedConsent(), await getLocale());
  const rules = { ...(await listFormFields()), consent };
  const tray = await listTray(user.id);
  const toCorrect = typeof lead === "string" ? ((await findLeadToCorrect(lead, user.id)) ?? null) : undefined;
  const steps = user.role === "admin" ? await listSetUpSteps() : undefined;
  const serverNow = tellTime();

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
        {steps && <SetUpList steps={steps} />}
        <FirstTray initialTray={tray} serverNow={serverNow} />
      </EntryPage>
    </>
  );
}
