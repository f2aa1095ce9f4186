import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountStatusChip } from "@/components/people/account-status-chip";
import { BackLink } from "@/components/people/back-link";
import { EditPersonForm } from "@/components/people/edit-person-form";
import { PersonAccess } from "@/components/people/person-access";
import { KommoUserChoice } from "@/components/routing/kommo-user-choice";
import { RelativeTime } from "@/components/ui/relative-time";
import { requireAdmin } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { getEnv } from "@/lib/env";
import { findLinkRequest, findListedPerson } from "@/lib/people/queries";
import { personIdSchema } from "@/lib/people/schema";
import { getLocale } from "@/lib/preferences/queries";
import { localeSchema } from "@/lib/preferences/schema";
import { getUserChoice } from "@/lib/routing/queries";
import { getFactors, isProtected } from "@/lib/second-factor/queries";

export async function generateMetadata() {
  const t = await getTranslations("people");
  return { title: t("title") };
}

export default async function PersonPage({ params }: PageProps<"/admin/people/[id]">) {
  const { id } = await params;
  await requireAdmin(`/admin/people/${id}`);
  const t = await getTranslations("people");
  const person = (personIdSchema.safeParse(id).success && (await findListedPerson(id))) || notFound();
  const { name, role, email, status, lastSignInAt } = person;
  const { appUrl, hasPasswords } = getEnv();
  const locale = localeSchema.safeParse(person.locale).data ?? (await getLocale());

  return (
    <article>
      <BackLink />
      <h1 translate="no" className="mt-1 text-20 font-semibold break-words lg:text-28">
        {name}
      </h1>
      <div className="mt-2 mb-8 flex flex-wrap items-center gap-x-3 gap-y-1 text-13 text-ink-muted">
        <AccountStatusChip status={status} />
        <span translate="no" className="break-all">
          {email}
        </span>
        <span>
          {t("lastSignIn")}:{" "}
          {lastSignInAt === null ? t("never") : <RelativeTime at={lastSignInAt} serverNow={tellTime()} />}
        </span>
      </div>
      <h2 className="mb-3 text-16 font-semibold">{t("details")}</h2>
      <EditPersonForm person={{ id, name, role, locale }} />
      <h2 className="mt-8 mb-3 text-16 font-semibold">{t("inKommo")}</h2>
      <KommoUserChoice personId={id} choice={await getUserChoice(id)} />
      <h2 className="mt-8 mb-3 text-16 font-semibold">{t("access")}</h2>
      <PersonAccess
        id={id}
        name={name}
        status={status}
        appUrl={appUrl}
        hasPasswords={hasPasswords}
        linkAskedAt={await findLinkRequest(id)}
        hasFactor={isProtected(await getFactors(id))}
      />
      <p className="mt-8">
        <Link
          href={`/admin/people/log?person=${id}`}
          className="inline-flex min-h-11 items-center rounded-control font-medium text-accent-ink underline underline-offset-2 lg:min-h-6"
        >
          {t("whatTheyDid")}
        </Link>
      </p>
    </article>
  );
}
