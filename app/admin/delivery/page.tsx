import { getTranslations } from "next-intl/server";
import { DeliveryDesk } from "@/components/delivery/delivery-desk";
import { PageTitle } from "@/components/shell/page-title";
import { requireAdmin } from "@/lib/auth/session";
import { getDelivery } from "@/lib/delivery/queries";

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
      <DeliveryDesk initial={await getDelivery()} />
    </>
  );
}
