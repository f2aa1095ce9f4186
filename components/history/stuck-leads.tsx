import Link from "next/link";
import { useTranslations } from "next-intl";
import { OpenRows } from "@/components/history/open-rows";
import { RowChoice } from "@/components/history/selection/row-choice";
import { CheckButtons } from "@/components/lead/check/check-buttons";
import { LeadLink } from "@/components/lead/lead-link";
import { LeadStatus } from "@/components/lead/lead-status";
import { useAuthorName } from "@/components/lead/use-author-name";
import { useOwnLabel } from "@/components/lead/use-own-label";
import { ButtonLink } from "@/components/ui/button-link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { LeadSummary, RefusedField } from "@/lib/domain/lead/schema";
import type { Labels } from "@/lib/domain/mapping/schema";
import type { StateGroup } from "@/lib/history/schema";
import { toAddress } from "./address";

export type Stuck = LeadSummary & { authorId: string; isOfHeads: boolean; refused: RefusedField[] };

type StuckLeadsProps = {
  leads: Stuck[];
  labels: Labels;
  serverNow: number;
  personId: string;
  /** For who sees everyone's leads: rows can be chosen and say who entered them. */
  withAuthor: boolean;
  /** How many of each state the list leaves out. */
  more?: { state: StateGroup; count: number }[];
};

/** The leads that need attention, above the list: one sentence and one button each. */
export function StuckLeads({ leads, labels, serverNow, personId, withAuthor, more = [] }: StuckLeadsProps) {
  const t = useTranslations("leads.stuck");
  if (leads.length === 0) return null;
  return (
    <section aria-labelledby="stuck" className="mb-4">
      <h2 id="stuck" className="mb-2 text-16 font-semibold">
        {t("title")}
      </h2>
      <OpenRows
        as="ul"
        className="border-border bg-surface max-md:-mx-4 max-md:border-y md:rounded-panel md:border"
      >
        {leads.map((lead) => (
          <StuckLead
            key={lead.id}
            {...{ lead, labels, serverNow, withAuthor }}
            canFix={lead.authorId === personId || (lead.isOfHeads && withAuthor)}
          />
        ))}
        {more.map(({ state, count }) => (
          <li key={state} className="border-b border-border last:border-b-0">
            <Link
              href={toAddress({}, { state })}
              prefetch={false}
              className="inline-flex min-h-11 items-center rounded-control px-4 text-13 font-medium text-accent-ink hover:underline"
            >
              {t(`more.${state}`, { count })}
            </Link>
          </li>
        ))}
      </OpenRows>
    </section>
  );
}

type StuckLeadProps = {
  lead: Stuck;
  labels: Labels;
  serverNow: number;
  canFix: boolean;
  withAuthor: boolean;
};

function StuckLead({ lead, labels, serverNow, canFix, withAuthor }: StuckLeadProps) {
  const t = useTranslations("leads.stuck");
  const toAuthorName = useAuthorName();
  const isToFix = lead.state === "needs_fix" && canFix;
  return (
    <li className="relative flex cursor-pointer flex-wrap items-center gap-x-4 gap-y-2 border-b border-border px-4 py-3 last:border-b-0">
      {withAuthor && (
        <span className="-mx-3 self-start">
          <RowChoice id={lead.id} name={lead.title} />
        </span>
      )}
      <div className="min-w-0 grow basis-64">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 truncate font-medium">
            <LeadLink lead={lead} />
          </span>
          <LeadStatus lead={lead} serverNow={serverNow} />
        </div>
        <p className="mt-1 text-13 wrap-anywhere text-ink-muted">{useSentence(lead, labels)}</p>
        <p className="mt-1 flex flex-wrap gap-x-3 text-13 text-ink-faint tabular-nums">
          <span translate="no">{lead.contact}</span>
          {withAuthor && <span translate="no">{toAuthorName(lead)}</span>}
          <RelativeTime at={lead.createdAt} serverNow={serverNow} />
        </p>
      </div>
      {lead.state === "to_check" ? (
        <CheckButtons id={lead.id} className={withAuthor ? "max-sm:ml-9" : ""} />
      ) : (
        <ButtonLink
          look={isToFix ? "primary" : "secondary"}
          href={isToFix ? `/?lead=${lead.id}` : `/leads/${lead.id}`}
          prefetch={false}
          className={`relative z-1 ${withAuthor ? "max-sm:ml-9" : ""}`}
        >
          {t(isToFix ? "fix" : "decide")}
        </ButtonLink>
      )}
    </li>
  );
}

function useSentence({ state, problem, refused }: Stuck, labels: Labels): string {
  const t = useTranslations();
  const toLabel = useOwnLabel(labels);
  const [first] = refused;
  if (state === "to_check") return t(`intake.reasons.${problem}`);
  if (state === "needs_admin") {
    return t(`leads.stuck.${problem === "unclear" || problem === "merged" ? problem : "other"}`);
  }
  if (problem === "handed_back") return t("leads.stuck.handedBack");
  if (!first) return t("leads.stuck.refused");
  const code = t.has(`delivery.refusals.${first.code}`) ? first.code : "other";
  const reason = t(`delivery.refusals.${code}`);
  // A path in Kommo's own terms means nothing to the person who typed the lead.
  return first.field
    ? t("leads.stuck.field", { field: toLabel(first.field), reason })
    : t("leads.stuck.unnamed", { reason });
}
