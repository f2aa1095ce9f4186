import type { Lead } from "@/lib/leads/schema";

let begun: { id: string; at: number } | undefined;

/** The clock of a lead starts when its form first holds something of its own. */
export function startClock(id: string): void {
  if (begun?.id !== id) begun = { id, at: Date.now() };
}

export function withEntryTime(lead: Lead): Lead {
  return begun?.id === lead.id ? { ...lead, entry_ms: Date.now() - begun.at } : lead;
}
