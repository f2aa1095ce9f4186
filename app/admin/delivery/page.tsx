import { getTranslations } from "next-intl/server";
import { ComplexNote } from "@/components/delivery/complex-note";
import { DeliveryDesk } from "@/components/delivery/delivery-desk";
import { PageTitle } from "@/components/shell/page-title";
import { requireAdmin } from "@/lib/auth/session";
import { getDelivery } from "@/lib/delivery/queries";
import { getEnv } from "@/lib/env";

export async function generateMetadata() {
  const t = await getTranslations("shell");
  return { title: t("delivery") };
}

export default async function DeliveryPage() {
  await requireAdmin("/admin/delivery");
  const t = await getTranslations("shell");

  return (
    <>
      <PageTitle>{t("delivery")}</PageTitle>
      {getEnv().kommo.allowsComplex && <ComplexNote />}
      <DeliveryDesk initial={await getDelivery()} />
    </>
  );
}
