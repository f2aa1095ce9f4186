import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { NameForm } from "@/components/profile/name-form";
import { PasswordForm } from "@/components/profile/password-form";
import { Sessions } from "@/components/profile/sessions";
import { ProofOnRequest } from "@/components/proof/proof-on-request";
import { OwnPause } from "@/components/routing/own-pause";
import { Factors } from "@/components/second-factor/factors";
import { PageTitle } from "@/components/shell/page-title";
import { Preferences } from "@/components/shell/preferences";
import { requireSession } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { getEnv } from "@/lib/env";
import { getTheme } from "@/lib/preferences/queries";
import { getAccess, listSessions } from "@/lib/profile/queries";
import { findOwnRecipient } from "@/lib/routing/queries";
import { getFactorRules, getFactors, isRequired } from "@/lib/second-factor/queries";

export async function generateMetadata() {
  const t = await getTranslations("profile");
  return { title: t("title") };
}

export default async function ProfilePage() {
  const { user, session } = await requireSession("/profile");
  const t = await getTranslations("profile");
  const [access, sessions] = [await getAccess(user.id), await listSessions(user.id, session)];
  const recipient = await findOwnRecipient(user.id);
  const isNeeded = isRequired(user.role, await getFactorRules());
  const hasPassword = access.hasPassword && getEnv().hasPasswords;

  return (
    <div className="max-w-lg max-lg:mx-auto">
      <PageTitle>{t("title")}</PageTitle>
      <p className="mb-8 text-13 break-all text-ink-muted" translate="no">
        {user.email}
      </p>
      <Part title={t("name")}>
        <NameForm name={user.name} />
      </Part>
      {recipient && (
        <Part title={t("leads")} hint={t("leadsHint")}>
          <OwnPause recipient={recipient} />
        </Part>
      )}
      <Part title={t("look")} hint={t("lookHint")}>
        <Preferences theme={await getTheme()} />
      </Part>
      <Part title={t("password")} hint={hasPassword ? undefined : t("noPassword")}>
        {hasPassword && <PasswordForm email={user.email} />}
      </Part>
      <Part title={t("factor")} hint={t(isNeeded ? "factorNeeded" : "factorHint")}>
        <Factors factors={await getFactors(user.id)} serverNow={tellTime()} />
      </Part>
      <Part title={t("sessionsTitle")} hint={t("sessionsHint")}>
        <Sessions sessions={sessions} own={session} serverNow={tellTime()} />
      </Part>
      <ProofOnRequest />
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
