import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { NameForm } from "@/components/profile/name-form";
import { PasswordForm } from "@/components/profile/password-form";
import { Sessions } from "@/components/profile/sessions";
import { PageTitle } from "@/components/shell/page-title";
import { Preferences } from "@/components/shell/preferences";
import { requireSession } from "@/lib/auth/session";
import { getTheme } from "@/lib/preferences/queries";
import { getAccess, listSessions } from "@/lib/profile/queries";

export async function generateMetadata() {
  const t = await getTranslations("profile");
  return { title: t("title") };
}

export default async function ProfilePage() {
  const { user, session } = await requireSession("/profile");
  const t = await getTranslations("profile");
  const [{ hasPassword }, sessions] = [await getAccess(user.id), await listSessions(user.id, session)];

  return (
    <div className="max-w-lg max-lg:mx-auto">
      <PageTitle>{t("title")}</PageTitle>
      <p className="mb-8 text-13 break-all text-ink-muted" translate="no">
        {user.email}
      </p>
      <Part title={t("name")}>
        <NameForm name={user.name} />
      </Part>
      <Part title={t("look")} hint={t("lookHint")}>
        <Preferences theme={await getTheme()} />
      </Part>
      <Part title={t("password")} hint={hasPassword ? undefined : t("noPassword")}>
        {hasPassword && <PasswordForm email={user.email} />}
      </Part>
      <Part title={t("sessionsTitle")} hint={t("sessionsHint")}>
        <Sessions sessions={sessions} own={session} serverNow={Date.now()} />
      </Part>
    </div>
  );
}

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="mb-8 border-t border-border pt-6">
      <h2 className="text-16 font-semibold">{title}</h2>
      {hint && <p className="mt-1 text-13 text-ink-muted">{hint}</p>}
      <div className="mt-3">{children}</div>
    </section>
  );
}
