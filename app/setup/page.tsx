import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Door } from "@/components/people/door";
import { SetUpForm } from "@/components/people/set-up-form";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { currentUser } from "@/lib/auth/session";
import { isSetUp } from "@/lib/people/queries";
import { getTheme } from "@/lib/preferences/queries";

const searchSchema = z.object({ token: z.string().catch("") });

export async function generateMetadata() {
  const t = await getTranslations("people");
  return { title: t("setUp"), referrer: "no-referrer" };
}

export default async function SetUpPage({ searchParams }: PageProps<"/setup">) {
  if (await currentUser()) redirect("/");
  const t = await getTranslations("people");
  const { token } = searchSchema.parse(await searchParams);

  return (
    <Door title={t("setUp")} hint={t("setUpHint")} theme={await getTheme()}>
      {token && !(await isSetUp()) ? (
        <SetUpForm token={token} />
      ) : (
        <Notice title={t("linkSpent.title")} body={t("linkSpent.body")}>
          <ButtonLink look="secondary" href="/sign-in">
            {t("linkSpent.link")}
          </ButtonLink>
        </Notice>
      )}
    </Door>
  );
}
