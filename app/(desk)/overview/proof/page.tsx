import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DayBar } from "@/components/daily-proof/day-bar";
import { ProofDesk } from "@/components/daily-proof/proof-desk";
import { ProofOnRequest } from "@/components/proof/proof-on-request";
import { PageTitle } from "@/components/shell/page-title";
import { QueryProvider } from "@/components/shell/query-provider";
import { requireHead } from "@/lib/auth/session";
import { getProofPage } from "@/lib/daily-proof/queries";
import { proofAddressSchema } from "@/lib/daily-proof/schema";

export async function generateMetadata() {
  const t = await getTranslations("dailyProof");
  return { title: t("title") };
}

/** The proof of a day: what was entered, what Kommo has confirmed, and what is found there. */
export default async function ProofPage({ searchParams }: PageProps<"/overview/proof">) {
  await requireHead("/overview/proof");
  const t = await getTranslations("dailyProof");
  const { date } = proofAddressSchema.parse(await searchParams);
  const page = await getProofPage(date);

  return (
    <>
      <Link
        href="/overview"
        className="inline-flex min-h-11 items-center gap-1 rounded-control text-13 text-ink-muted hover:text-ink lg:min-h-6"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t("back")}
      </Link>
      <PageTitle>{t("title")}</PageTitle>
      <DayBar day={page.day} today={page.today} earliest={page.earliest} />
      <QueryProvider>
        <ProofDesk key={page.day} initial={page} />
        <ProofOnRequest />
      </QueryProvider>
      <p className="mt-4 text-12 text-ink-faint">{t("zone", { zone: page.proof?.zone ?? page.zone })}</p>
    </>
  );
}
