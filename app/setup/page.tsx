import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Door } from "@/components/people/door";
import { SetUpForm } from "@/components/people/set-up-form";
import { ButtonLink } from "@/components/ui/button-link";
import { currentUser } from "@/lib/auth/session";
import { isSetUp } from "@/lib/people/queries";
import { getTheme } from "@/lib/preferences/queries";

const searchSchema = z.object({ token: z.string().catch("") });

export async function generateMetadata() {
  const t = await getTranslations("people");
  return { title: t("firstAdmin"), referrer: "no-referrer" };
}

export default async function SetUpPage({ searchParams }: PageProps<"/setup">) {
  if (await currentUser()) redirect("/");
  const t = await getTranslations("people");
  const { token } = searchSchema.parse(await searchParams);
  const theme = await getTheme();
  if (!token || (await isSetUp())) {
    return (
      <Door title={t("linkSpent.title")} hint={t("linkSpent.body")} theme={theme}>
        <ButtonLink look="secondary" href="/sign-in">
          {t("linkSpent.link")}
        </ButtonLink>
      </Door>
    );
  }

  return (
    <Door title={t("firstAdmin")} hint={t("firstAdminHint")} theme={theme}>
      <SetUpForm token={token} />
    </Door>
  );
}
