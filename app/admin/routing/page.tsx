import { getTranslations } from "next-intl/server";
import { listShownPeople } from "@/components/routing/list-shown-people";
import { PeopleTable } from "@/components/routing/people-table";
import { RoutingDesk } from "@/components/routing/routing-desk";
import { PageTitle } from "@/components/shell/page-title";
import { requireHead } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { getRoutingDesk } from "@/lib/routing/queries";

export async function generateMetadata() {
  const t = await getTranslations("shell");
  return { title: t("routing") };
}

/** An admin changes the rules. A head sees who gets leads, and pauses people. */
export default async function RoutingPage() {
  const user = await requireHead("/admin/routing");
  const t = await getTranslations();
  const desk = await getRoutingDesk(user.id);

  return (
    <>
      <PageTitle>{t("shell.routing")}</PageTitle>
      {user.role === "admin" ? (
        <RoutingDesk desk={desk} serverNow={tellTime()} />
      ) : (
        <div className="flex flex-col gap-4">
          {desk.withoutRecipient > 0 && (
            <p className="text-14 text-needs-you-ink">
              {t("routing.without.title", { count: desk.withoutRecipient })} {t("routing.without.body")}
            </p>
          )}
          <PeopleTable people={listShownPeople(desk, desk.routing)} />
        </div>
      )}
    </>
  );
}
