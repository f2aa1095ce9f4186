import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AuthFrame } from "@/components/sign-in/auth-frame";
import { ChoosePasswordForm } from "@/components/sign-in/choose-password-form";
import { OtherAccount } from "@/components/sign-in/other-account";
import { SetUpForm } from "@/components/sign-in/set-up-form";
import { ButtonLink } from "@/components/ui/button-link";
import { currentUser } from "@/lib/auth/session";
import { getEnv } from "@/lib/env";
import { findLink, isSetUp } from "@/lib/people/queries";
import { getTheme } from "@/lib/preferences/queries";

const searchSchema = z.object({ token: z.string().max(200).catch("") });

export async function generateMetadata() {
  const t = await getTranslations("shell");
  return { title: t("name"), referrer: "no-referrer" };
}

/** Every one-time link leads here: the first admin's, an invitation, a new password. */
export default async function SetUpPage({ searchParams }: PageProps<"/setup">) {
  if (!getEnv().hasPasswords) redirect("/sign-in");
  const { token } = searchSchema.parse(await searchParams);
  const [user, link, theme] = [await currentUser(), await findLink(token), await getTheme()];
  const t = await getTranslations("people");

  if (link?.email && link.name) {
    const isInvite = link.purpose === "invite";
    const title = isInvite ? t("chosen.invite", { name: link.name }) : t("chosen.reset");
    return (
      <AuthFrame title={title} hint={t(isInvite ? "chosen.inviteHint" : "chosen.resetHint")} theme={theme}>
        {user && user.email !== link.email ? (
          <OtherAccount personId={user.id} name={user.name} email={link.email} />
        ) : (
          <ChoosePasswordForm token={token} email={link.email} />
        )}
      </AuthFrame>
    );
  }
  if (user) redirect("/");
  if (link && !(await isSetUp())) {
    return (
      <AuthFrame title={t("firstAdmin")} hint={t("firstAdminHint")} theme={theme}>
        <SetUpForm token={token} />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t("linkSpent.title")} hint={t("linkSpent.body")} theme={theme}>
      <ButtonLink look="secondary" href="/sign-in">
        {t("linkSpent.link")}
      </ButtonLink>
    </AuthFrame>
  );
}
