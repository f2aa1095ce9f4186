import type { Mapping } from "@/lib/mapping/schema";
import type { LeadToSend } from "@/lib/mapping/to-incoming-lead";

/** A mapping that was published. Times are epoch milliseconds. */
export type Version = {
  version: number;
  mapping: Mapping;
  publishedAt: number;
  publishedBy: string | null;
};

/** What is edited, and the version that it began from: 0 when there was none. */
export type Draft = { mapping: Mapping; basedOn: number };

export type PreviewLead = LeadToSend & { title: string };
