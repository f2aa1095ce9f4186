import { getTranslations } from "next-intl/server";
import { FormSettings } from "@/components/intake/form-settings";
import { FormsTable } from "@/components/intake/forms-table";
import { PageTitle } from "@/components/shell/page-title";
import { requireAdmin } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { findConsentText } from "@/lib/consent/queries";
import { listForms } from "@/lib/intake/queries";

export async function generateMetadata() {
  const t = await getTranslations("intake");
  return { title: t("title") };
}

export default async function IntakePage() {
  await requireAdmin("/admin/intake");
  const t = await getTranslations("intake");

  return (
    <>
      <PageTitle>{t("title")}</PageTitle>
      <p className="mb-4 max-w-prose text-ink-muted">{t("intro")}</p>
      <FormsTable forms={await listForms()} serverNow={tellTime()} />
      <h2 className="mt-8 mb-3 text-16 font-semibold">{t("new")}</h2>
      <FormSettings hasConsentText={(await findConsentText()) !== undefined} />
    </>
  );
}
