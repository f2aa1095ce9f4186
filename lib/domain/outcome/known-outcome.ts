import type { Outcome } from "@/lib/domain/lead/states";
import type { StageId } from "./stages";

/**
 * What is known of a lead in Kommo. Times are epoch milliseconds of Kommo's clock. `at`: until when it is known. `acceptedBy`: a
 * user of Kommo; null where nobody knows.
 */
export type KnownOutcome = {
  outcome: Outcome | null;
  at: number;
  stage: StageId | null;
  acceptedAt: number | null;
  acceptedBy: number | null;
  closedAt: number | null;
  lossReason: string | null;
  mergedInto: number | null;
};

export const NOTHING_KNOWN: KnownOutcome = {
  outcome: null,
  at: 0,
  stage: null,
  acceptedAt: null,
  acceptedBy: null,
  closedAt: null,
  lossReason: null,
  mergedInto: null,
};

/** Declining and deleting read the same: what was accepted before cannot have been declined (docs/kommo-api.md §2.7). */
export function toDeleted(known: KnownOutcome, at: number): KnownOutcome {
  const outcome = known.acceptedAt === null ? "declined" : "deleted";
  return { ...known, outcome, at: Math.max(known.at, at), closedAt: at };
}
