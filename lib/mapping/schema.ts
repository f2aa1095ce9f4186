import type { ConnectionState } from "@/lib/connection/schema";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import type {
  Difference,
  Finding,
  LeadToSend,
  Mapping,
  Suggestion,
  TestResult,
} from "@/lib/domain/mapping/schema";

type Version = { version: number; publishedAt: number; publishedBy: string | null };

/** Everything that the page of connection, catalogue and mapping shows to one admin. Times are epoch milliseconds. */
export type KommoDesk = {
  connection: ConnectionState | null;
  catalogue: Catalogue | null;
  /** `problem`: the code of what went wrong at the last try, null when it went well. */
  catalogueState: { fetchedAt: number | null; triedAt: number | null; problem: string | null };
  published: (Version & { mapping: Mapping }) | null;
  /** This admin's own; `base`: the version it began from, where another was published since. */
  draft: { mapping: Mapping; basedOn: number; savedAt: number; base: Mapping | null } | null;
  /** Whether leads can arrive anywhere in the account. */
  hasPipeline: boolean;
  /** To begin from when nothing was published and nothing drafted. */
  start: Mapping | null;
  suggestions: Suggestion[];
  drift: Finding[];
  /** The newest 30, newest first, each with what it changed. */
  versions: (Version & { differences: Difference[] })[];
  /** Real leads, to preview what Kommo would get of them: the one that was asked for, then the newest. */
  samples: { id: string; title: string; lead: LeadToSend }[];
  lastTest: TestResult | null;
};
