import type { TypedLead } from "@/components/entry/fields/lead-input";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";

/** What a new lead has before the person types: the source kept from the last one, and what the page's link says. */
export type Prefill = Partial<Record<LeadField, string>>;

/** Of the page's address, and the fields that they fill. */
export const parameters: Record<string, LeadField> = {
  utm_source: "source",
  utm_medium: "utm_medium",
  utm_campaign: "utm_campaign",
  utm_content: "utm_content",
  utm_term: "utm_term",
  referrer: "referrer",
};

/** UTM values and the referrer of the page's address; a link with UTM also tells from which page it was followed. */
export function readLink(address: string, cameFrom: string): Prefill {
  const { searchParams, origin } = new URL(address);
  const said = Object.entries(parameters).flatMap(([name, field]) => {
    const value = searchParams.get(name)?.trim();
    return value ? [[field, value.slice(0, 255)]] : [];
  });
  const link: Prefill = Object.fromEntries(said);
  if (said.length > 0 && !link.referrer && cameFrom && new URL(cameFrom).origin !== origin) {
    link.referrer = cameFrom.slice(0, 2000);
  }
  return link;
}

/** True for a form in which nothing is the person's own. */
export function isEmpty(lead: TypedLead, prefill: Prefill = {}): boolean {
  const isCustom = Object.values(lead.custom ?? {}).some((value) => value.length > 0);
  const isOver = lead.rest?.[0];
  return (
    !isCustom && !isOver && leadFields.every((field) => lead[field] === "" || lead[field] === prefill[field])
  );
}
