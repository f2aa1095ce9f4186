import type { LeadField } from "@/lib/domain/lead/fields";
import type { Prefill } from "./typed-lead";

/** Parameters of the page's address, and the fields that they fill. */
const parameters: Record<string, LeadField> = {
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
  const found = Object.entries(parameters).flatMap(([name, field]) => {
    const value = searchParams.get(name)?.trim();
    return value ? [[field, value.slice(0, 255)]] : [];
  });
  const link: Prefill = Object.fromEntries(found);
  if (found.length > 0 && !link.referrer && cameFrom && new URL(cameFrom).origin !== origin) {
    link.referrer = cameFrom.slice(0, 2000);
  }
  return link;
}

/** The same address without what readLink reads. */
export function withoutLink(address: string): string {
  const url = new URL(address);
  for (const name of Object.keys(parameters)) url.searchParams.delete(name);
  return url.pathname + url.search;
}
