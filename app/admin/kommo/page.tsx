import { getTranslations } from "next-intl/server";
import { FirstCatalogue } from "@/components/catalogue/first-catalogue";
import { NoPipeline } from "@/components/catalogue/no-pipeline";
import { SkippedRecords } from "@/components/catalogue/skipped-records";
import { ConnectionPanel } from "@/components/connection/connection-panel";
import { ComplexNote } from "@/components/delivery/complex-note";
import { HookPanel } from "@/components/kommo-hooks/hook-panel";
import { MappingDesk } from "@/components/mapping/mapping-desk";
import { PageTitle } from "@/components/shell/page-title";
import { requireAdmin } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { findOauthSetUp, toOauthResult } from "@/lib/connection/queries";
import { getEnv } from "@/lib/env";
import { findHookState } from "@/lib/kommo-hooks/queries";
import { getKommoDesk } from "@/lib/mapping/queries";

export async function generateMetadata() {
  const t = await getTranslations("shell");
  return { title: t("kommo") };
}

export default async function KommoPage({ searchParams }: PageProps<"/admin/kommo">) {
  const user = await requireAdmin("/admin/kommo");
  const { lead, oauth: returned } = await searchParams;
  const t = await getTranslations("shell");
  const desk = await getKommoDesk({ personId: user.id, leadId: typeof lead === "string" ? lead : undefined });
  const { connection, catalogue, start } = desk;
  const serverNow = tellTime();

  return (
    <>
      <PageTitle>{t("kommo")}</PageTitle>
      {getEnv().kommo.allowsComplex && <ComplexNote />}
      <div className="flex flex-col gap-6">
        <ConnectionPanel
          connection={connection}
          oauth={await findOauthSetUp()}
          returned={toOauthResult(returned)}
          serverNow={serverNow}
        />
        {connection && <HookPanel hook={await findHookState()} serverNow={serverNow} />}
        {catalogue && !desk.hasPipeline && <NoPipeline />}
        {catalogue && <SkippedRecords skipped={catalogue.skipped} />}
        {catalogue && start && (
          <MappingDesk desk={desk} catalogue={catalogue} start={start} serverNow={serverNow} />
        )}
        {!catalogue && (
          <FirstCatalogue isConnected={connection !== null} problem={desk.catalogueState.problem} />
        )}
      </div>
    </>
  );
}
