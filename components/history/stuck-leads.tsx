import { useTranslations } from "next-intl";
import { LeadLink } from "@/components/lead/lead-link";
import { LeadStatus } from "@/components/lead/lead-status";
import { ButtonLink } from "@/components/ui/button-link";
import type { LeadSummary, RefusedField } from "@/lib/domain/lead/schema";

export type Stuck = LeadSummary & { authorId: string; refused: RefusedField[] };

type StuckLeadsProps = { leads: Stuck[]; serverNow: number; personId: string };

/** The leads that need attention, above the list: one sentence and one button each. */
export function StuckLeads({ leads, serverNow, personId }: StuckLeadsProps) {
  const t = useTranslations("leads.stuck");
  if (leads.length === 0) return null;
  return (
    <section aria-labelledby="stuck" className="mb-4">
      <h2 id="stuck" className="mb-2 text-16 font-semibold">
        {t("title")}
      </h2>
      <ul className="border-border bg-surface max-md:-mx-4 max-md:border-y md:rounded-panel md:border">
        {leads.map((lead) => (
          <StuckLead key={lead.id} lead={lead} serverNow={serverNow} isOwn={lead.authorId === personId} />
        ))}
      </ul>
    </section>
  );
}

function StuckLead({ lead, serverNow, isOwn }: { lead: Stuck; serverNow: number; isOwn: boolean }) {
  const t = useTranslations("leads.stuck");
  const isToFix = lead.state === "needs_fix" && isOwn;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-border px-4 py-3 last:border-b-0">
      <div className="min-w-0 grow basis-64">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 truncate font-medium">
            <LeadLink lead={lead} />
          </span>
          <LeadStatus lead={lead} serverNow={serverNow} />
        </div>
        <p className="mt-1 text-13 wrap-anywhere text-ink-muted">{useSentence(lead)}</p>
      </div>
      <ButtonLink
        look={isToFix ? "primary" : "secondary"}
        href={isToFix ? `/?lead=${lead.id}` : `/leads/${lead.id}`}
        prefetch={false}
        className="relative z-1"
      >
        {t(isToFix ? "fix" : "decide")}
      </ButtonLink>
    </li>
  );
}

function useSentence({ state, problem, refused }: Stuck): string {
  const t = useTranslations();
  const [first] = refused;
  if (state === "needs_admin") {
    return t(`leads.stuck.${problem === "unclear" || problem === "merged" ? problem : "other"}`);
  }
  // A path in Kommo's own terms means nothing to the person who typed the lead.
  if (!first?.field) return t("leads.stuck.refused");
  const code = t.has(`delivery.refusals.${first.code}`) ? first.code : "other";
  return t("leads.stuck.field", {
    field: t(`lead.fields.${first.field}`),
    reason: t(`delivery.refusals.${code}`),
  });
}
