import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Door } from "@/components/people/door";
import { SignInForm } from "@/components/people/sign-in-form";
import { Notice } from "@/components/ui/notice";
import { currentUser } from "@/lib/auth/session";
import { isSetUp } from "@/lib/people/queries";
import { getTheme } from "@/lib/preferences/queries";

const searchSchema = z.object({ callbackUrl: z.string().optional().catch(undefined) });

export async function generateMetadata() {
  const t = await getTranslations("people");
  return { title: t("signInTitle") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  if (await currentUser()) redirect("/");
  const t = await getTranslations("people");
  const { callbackUrl } = searchSchema.parse(await searchParams);

  return (
    <Door title={t("signInTitle")} hint={t("signInHint")} theme={await getTheme()}>
      {(await isSetUp()) ? (
        <SignInForm callback={callbackUrl} />
      ) : (
        <Notice title={t("notSetUp.title")} body={t("notSetUp.body")} />
      )}
    </Door>
  );
}
