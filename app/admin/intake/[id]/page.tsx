import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FormAddress } from "@/components/intake/form-address";
import { FormRequests } from "@/components/intake/form-requests";
import { FormSecrets } from "@/components/intake/form-secrets";
import { FormSettings } from "@/components/intake/form-settings";
import { FormStatus } from "@/components/intake/form-status";
import { FormTargets, type SentField } from "@/components/intake/form-targets";
import { requireAdmin } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { findConsentText } from "@/lib/consent/queries";
import { chooseTarget, toCustomNames } from "@/lib/domain/intake/to-received-lead";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { listPublicFields, listShownFields } from "@/lib/domain/public-form/list-public-fields";
import { getEnv } from "@/lib/env";
import { type FormRequest, findWebsiteForm, listRequests, listSecrets } from "@/lib/intake/queries";
import { formIdSchema } from "@/lib/intake/schema";
import { getLocale } from "@/lib/preferences/queries";
import { listFormFields } from "@/lib/published-mapping/queries";

export async function generateMetadata() {
  const t = await getTranslations("intake");
  return { title: t("title") };
}

export default async function WebsiteFormPage({ params }: PageProps<"/admin/intake/[id]">) {
  const { id } = await params;
  await requireAdmin(`/admin/intake/${id}`);
  const t = await getTranslations("intake");
  const form = (formIdSchema.safeParse(id).success && (await findWebsiteForm(id))) || notFound();
  const requests = await listRequests(id);
  const fields = await listFormFields();
  const { custom } = fields;
  const locale = await getLocale();
  const serverNow = tellTime();
  const heading = "mt-10 mb-3 text-16 font-semibold";

  return (
    <article>
      <Link
        href="/admin/intake"
        className="inline-flex min-h-11 items-center gap-1 rounded-control text-13 text-ink-muted hover:text-ink lg:min-h-6"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t("title")}
      </Link>
      <h1 translate="no" className="mt-1 text-20 font-semibold break-words lg:text-28">
        {form.name}
      </h1>
      <div className="mt-2 mb-6">
        <FormStatus isPaused={form.pausedAt !== null} />
      </div>
      <FormAddress id={id} desk={getEnv().appUrl} formKey={form.key} isPaused={form.pausedAt !== null} />
      <h2 className={heading}>{t("requests.title")}</h2>
      <FormRequests requests={requests} serverNow={serverNow} />
      <h2 className={heading}>{t("targets.title")}</h2>
      <FormTargets
        form={{ id, targets: form.targets }}
        fields={listSentFields(requests, custom, form.targets)}
        custom={custom
          .filter(({ own }) => !own)
          .map(({ key, label }) => ({ key, label: label[locale] || label.en || label.ru || key }))}
      />
      <h2 className={heading}>{t("settings")}</h2>
      <FormSettings
        form={form}
        choices={listChoices(fields, locale)}
        hasConsentText={(await findConsentText()) !== undefined}
      />
      <h2 className={heading}>{t("secrets.title")}</h2>
      <FormSecrets formId={id} secrets={await listSecrets(id)} serverNow={serverNow} />
    </article>
  );
}

function listChoices(fields: FormFields, locale: "en" | "ru") {
  const standard = listShownFields(fields, null, locale);
  return listPublicFields(fields, locale).map(({ name, label }) => ({
    name,
    label,
    isStandard: standard.some((shown) => shown.name === name),
  }));
}

/** Each field once, as it came last; then those of the mapping that have not come lately. */
function listSentFields(
  requests: FormRequest[],
  custom: FormFields["custom"],
  targets: Record<string, string>,
): SentField[] {
  const names = toCustomNames(custom);
  const examples = new Map(Object.keys(targets).map((name) => [name, ""]));
  for (const { fields } of requests.toReversed())
    for (const { name, value } of fields) if (!name.startsWith("_")) examples.set(name, value);
  return [...examples].map(([name, example]) => ({ name, example, own: chooseTarget(name, {}, names) }));
}
