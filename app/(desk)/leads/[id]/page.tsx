import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { ConsentNote } from "@/components/consent/consent-note";
import { LeadRemedy } from "@/components/delivery/lead-remedy";
import { AdminLink } from "@/components/lead/admin-link";
import { ToCheckNotice } from "@/components/lead/check/to-check-notice";
import { KeepFresh } from "@/components/lead/keep-fresh";
import { LeadStatus } from "@/components/lead/lead-status";
import { LeadStory } from "@/components/lead/lead-story";
import { MappingNote } from "@/components/lead/mapping-note";
import { MergedNote, TwinNote } from "@/components/lead/twin-note";
import { TypedValues } from "@/components/lead/typed-values";
import { KnownClientNote } from "@/components/routing/known-client-note";
import { RecipientNote } from "@/components/routing/recipient-note";
import { currentUser, requireUser } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { findConsentVersion } from "@/lib/consent/queries";
import { findLead, listActivity, listAttempts, listOutcomes, toScope } from "@/lib/leads/queries";
import { listFormerFields, listFormFields } from "@/lib/published-mapping/queries";
import { getAccountZone } from "@/lib/routing/queries";

/** Read once per request, for the title and the page. */
const findLeadToSee = cache(async (id: string) => {
  const user = await currentUser();
  return user && findLead(id, toScope(user));
});

export async function generateMetadata({ params }: PageProps<"/leads/[id]">) {
  const t = await getTranslations("shell");
  const lead = await findLeadToSee((await params).id);
  return { title: lead?.title || t("lead") };
}

export default async function LeadPage({ params }: PageProps<"/leads/[id]">) {
  const { id } = await params;
  const user = await requireUser(`/leads/${id}`);
  const t = await getTranslations();
  const lead = (await findLeadToSee(id)) ?? notFound();
  const attempts = await (user.role === "seller" ? listOutcomes(id) : listAttempts(id));
  const activity = await listActivity(id);
  const form = await listFormFields();
  const custom = [...form.custom, ...(await listFormerFields(Object.keys(lead.custom)))];
  const consent = lead.consent && (await findConsentVersion(lead.consent.version));
  const zone = await getAccountZone();
  const serverNow = tellTime();

  return (
    <article className="max-w-2xl max-lg:mx-auto">
      <Link
        href="/leads"
        className="inline-flex min-h-11 items-center gap-1 rounded-control text-13 text-ink-muted hover:text-ink lg:min-h-6"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t("leads.back")}
      </Link>
      <h1 translate="no" className="mt-1 text-20 font-semibold break-words lg:text-28">
        {lead.title || t("lead.nameless")}
      </h1>
      <div className="mt-2">
        <LeadStatus lead={lead} serverNow={serverNow} />
      </div>
      <TwinNote lead={lead} />
      {lead.mergedAt !== null && lead.kommoUrl && <MergedNote kommoUrl={lead.kommoUrl} />}
      <ToCheckNotice lead={lead} />
      <LeadRemedy
        lead={lead}
        role={user.role}
        canFix={lead.authorId === user.id || (lead.isOfHeads && user.role !== "seller")}
        custom={custom}
        labels={form.labels}
        serverNow={serverNow}
      />
      <h2 className="mt-8 mb-3 text-16 font-semibold">{t("leads.lead")}</h2>
      <TypedValues lead={lead} custom={custom} labels={form.labels} />
      <ConsentNote consent={lead.consent} texts={consent?.texts} />
      {user.role !== "seller" && <MappingNote lead={lead} />}
      <RecipientNote recipient={lead.recipient} zone={zone} />
      <KnownClientNote known={lead.knownClient} />
      <h2 className="mt-8 mb-4 text-16 font-semibold">{t("leads.story")}</h2>
      <LeadStory lead={lead} attempts={attempts} activity={activity} serverNow={serverNow} />
      {user.role === "admin" && (
        <p className="mt-8 flex flex-wrap gap-x-6">
          <AdminLink href={`/admin/kommo?lead=${id}#preview`}>{t("mapping.preview.link")}</AdminLink>
          <AdminLink href={`/admin/privacy?lead=${id}`}>{t("erasure.link")}</AdminLink>
        </p>
      )}
      <KeepFresh leads={[lead]} serverNow={serverNow} />
    </article>
  );
}
