import { useTranslations } from "next-intl";
import { PageLink } from "@/components/ui/page-link";
import type { LeadSummary } from "@/lib/domain/lead/schema";

/** On a phone the whole row is the link. The row is the nearest positioned element. */
export function LeadLink({ lead }: { lead: LeadSummary }) {
  const t = useTranslations("lead");
  return (
    <PageLink
      href={`/leads/${lead.id}`}
      translate="no"
      className="rounded-control hover:underline pointer-coarse:after:absolute pointer-coarse:after:inset-0"
    >
      {lead.title || t("nameless")}
    </PageLink>
  );
}
