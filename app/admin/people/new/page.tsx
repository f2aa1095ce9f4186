import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/people/back-link";
import { NewPersonForm } from "@/components/people/new-person-form";
import { requireAdmin } from "@/lib/auth/session";
import { getEnv } from "@/lib/env";

export async function generateMetadata() {
  const t = await getTranslations("people");
  return { title: t("addTitle") };
}

export default async function NewPersonPage() {
  await requireAdmin("/admin/people/new");
  const t = await getTranslations("people");
  const { appUrl, hasPasswords } = getEnv();

  return (
    <>
      <BackLink />
      <h1 className="mt-1 mb-6 text-20 font-semibold lg:text-28">{t("addTitle")}</h1>
      <NewPersonForm appUrl={appUrl} hasPasswords={hasPasswords} />
    </>
  );
}
