import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { AddTimeZone } from "@/components/overview/add-time-zone";
import { OverviewPlots } from "@/components/overview/overview-plots";
import { OverviewSkeleton } from "@/components/overview/overview-skeleton";
import { ProofLink } from "@/components/overview/proof-link";
import { RangeBar } from "@/components/overview/range-bar";
import { PageTitle } from "@/components/shell/page-title";
import { requireUser } from "@/lib/auth/session";
import { toScope } from "@/lib/leads/queries";
import { getOverview } from "@/lib/overview/queries";
import { type OverviewAddress, overviewSchema } from "@/lib/overview/schema";
import type { Person } from "@/lib/people/schema";

export async function generateMetadata() {
  const t = await getTranslations("overview");
  return { title: t("title") };
}

/**
 * Days start at midnight in the person's time zone, which only the browser knows. Without a zone in the address, the
 * page asks the browser first.
 */
export default async function OverviewPage({ searchParams }: PageProps<"/overview">) {
  const user = await requireUser("/overview");
  const t = await getTranslations("overview");
  const address = overviewSchema.parse(await searchParams);

  return (
    <>
      <PageTitle>{t("title")}</PageTitle>
      {user.role !== "seller" && <ProofLink />}
      <RangeBar address={address} />
      {address.zone ? (
        <Suspense key={JSON.stringify(address)} fallback={<OverviewSkeleton />}>
          <Period user={user} address={address} />
        </Suspense>
      ) : (
        <>
          <AddTimeZone />
          <OverviewSkeleton />
        </>
      )}
    </>
  );
}

async function Period({ user, address }: { user: Person; address: OverviewAddress }) {
  const overview = await getOverview(address, toScope(user));
  return <OverviewPlots overview={overview} zone={address.zone ?? "UTC"} isOwn={user.role === "seller"} />;
}
