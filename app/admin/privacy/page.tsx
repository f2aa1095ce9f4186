import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ConsentForm } from "@/components/consent/consent-form";
import { ErasePerson } from "@/components/privacy/erase-person";
import { Erasures } from "@/components/privacy/erasures";
import { Retention } from "@/components/privacy/retention";
import { PageTitle } from "@/components/shell/page-title";
import { requireAdmin } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { getConsentSettings } from "@/lib/consent/queries";
import { findLeadsOfSamePerson, getPrivacy } from "@/lib/privacy/queries";

const searchSchema = z.object({ lead: z.uuid().optional().catch(undefined) });

export async function generateMetadata() {
  const t = await getTranslations("privacy");
  return { title: t("title") };
}

export default async function PrivacyPage({ searchParams }: PageProps<"/admin/privacy">) {
  await requireAdmin("/admin/privacy");
  const t = await getTranslations("privacy");
  const { lead } = searchSchema.parse(await searchParams);
  const { kommoUrl, keepDays, erasures } = await getPrivacy();
  const serverNow = tellTime();

  return (
    <div className="max-w-2xl max-lg:mx-auto">
      <PageTitle>{t("title")}</PageTitle>
      <ErasePerson
        found={lead ? await findLeadsOfSamePerson(lead) : undefined}
        kommoUrl={kommoUrl}
        serverNow={serverNow}
      />
      <Retention keepDays={keepDays} />
      <ConsentForm consent={await getConsentSettings()} />
      <Erasures erasures={erasures} serverNow={serverNow} />
    </div>
  );
}
