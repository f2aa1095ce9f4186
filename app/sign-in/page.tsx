import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AuthFrame } from "@/components/sign-in/auth-frame";
import { SignInOptions } from "@/components/sign-in/sign-in-options";
import { Notice } from "@/components/ui/notice";
import { currentUser } from "@/lib/auth/session";
import { getEnv } from "@/lib/env";
import { isSetUp } from "@/lib/people/queries";
import { getTheme } from "@/lib/preferences/queries";

const searchSchema = z.object({
  callbackUrl: z.string().optional().catch(undefined),
  // Our errors by name. next-auth has many, and all of them mean that it did not work.
  error: z
    .enum(["not_verified", "not_allowed", "disabled"])
    .or(z.string().transform(() => "failed" as const))
    .optional()
    .catch(undefined),
});

export async function generateMetadata() {
  const t = await getTranslations("people");
  return { title: t("signInTitle") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  if (await currentUser()) redirect("/");
  const t = await getTranslations("people");
  const { callbackUrl, error } = searchSchema.parse(await searchParams);

  return (
    <AuthFrame title={t("signInTitle")} hint={t("signInHint")} theme={await getTheme()}>
      {error && (
        <div className="mb-4">
          <Notice title={t(`sso.${error}.title`)} body={t(`sso.${error}.body`)} />
        </div>
      )}
      {(await isSetUp()) ? (
        <SignInOptions callback={callbackUrl} hasSignOn={getEnv().oidc !== undefined} />
      ) : (
        <Notice title={t("notSetUp.title")} body={t("notSetUp.body")} />
      )}
    </AuthFrame>
  );
}
