import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AuthFrame } from "@/components/sign-in/auth-frame";
import { FactorStep } from "@/components/sign-in/factor-step";
import { SetUpStep } from "@/components/sign-in/set-up-step";
import { SignInOptions } from "@/components/sign-in/sign-in-options";
import { Notice } from "@/components/ui/notice";
import { currentSessionHolder, hasFormerSession } from "@/lib/auth/session";
import { getEnv } from "@/lib/env";
import { isSetUp } from "@/lib/people/queries";
import { getTheme } from "@/lib/preferences/queries";
import { listProofWays } from "@/lib/proof/queries";

const searchSchema = z.object({
  callbackUrl: z.string().optional().catch(undefined),
  // Our errors by name. next-auth has many, and all of them mean that it did not work.
  error: z
    .enum(["not_verified", "not_allowed", "disabled", "other_subject"])
    .or(z.string().transform(() => "failed" as const))
    .optional()
    .catch(undefined),
});

// A path that starts with two slashes would name another host.
const OWN_PATH = /^\/(?![/\\])\S*$/;

export async function generateMetadata() {
  const t = await getTranslations("people");
  return { title: t("signInTitle") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const t = await getTranslations("people");
  const { callbackUrl, error } = searchSchema.parse(await searchParams);
  const holder = await currentSessionHolder();
  if (holder?.waitsFor === null) redirect(callbackUrl && OWN_PATH.test(callbackUrl) ? callbackUrl : "/");
  if (holder) return <NextStep holder={holder} callback={callbackUrl} />;
  const { oidc, hasPasswords } = getEnv();

  return (
    <AuthFrame title={t("signInTitle")} hint={t("signInHint")} theme={await getTheme()}>
      {error && (
        <div className="mb-4">
          <Notice title={t(`sso.${error}.title`)} body={t(`sso.${error}.body`)} />
        </div>
      )}
      {!error && (await hasFormerSession()) && (
        <div className="mb-4">
          <Notice title={t("renewed.title")} body={t("renewed.body")} />
        </div>
      )}
      {(await isSetUp()) ? (
        <SignInOptions callback={callbackUrl} hasSignOn={oidc !== undefined} hasPasswords={hasPasswords} />
      ) : (
        <Notice title={t("notSetUp.title")} body={t("notSetUp.body")} />
      )}
    </AuthFrame>
  );
}

type NextStepProps = {
  holder: NonNullable<Awaited<ReturnType<typeof currentSessionHolder>>>;
  callback?: string;
};

/** After the password: the second factor, or setting one up. */
async function NextStep({ holder: { user, waitsFor }, callback }: NextStepProps) {
  const t = await getTranslations("proof");
  const step = waitsFor === "factor" ? "step" : "setUp";
  return (
    <AuthFrame title={t(`${step}.title`)} hint={t(`${step}.hint`)} theme={await getTheme()}>
      {waitsFor === "factor" ? (
        <FactorStep callback={callback} personId={user.id} ways={await listProofWays(user.id, false)} />
      ) : (
        <SetUpStep callback={callback} personId={user.id} />
      )}
    </AuthFrame>
  );
}
