import type { Outcome } from "@/lib/domain/lead/states";
import { findStageKind, type StageId, type Stages } from "./stages";

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

const ACCEPTED: readonly Outcome[] = ["accepted", "won", "lost", "deleted"];

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

/** It is not shown in Kommo any more, unless it is restored. */
export function isGone({ outcome }: Pick<KnownOutcome, "outcome">): boolean {
  return outcome === "declined" || outcome === "deleted" || outcome === "merged";
}

/** Whether it is known to have left the incoming stage, though perhaps not when. */
export function wasAccepted({ outcome, acceptedAt, stage }: KnownOutcome, stages: Stages): boolean {
  if (acceptedAt !== null || ACCEPTED.some((one) => one === outcome)) return true;
  const kind = stage && findStageKind(stages, stage);
  return kind !== null && kind !== undefined && kind !== "incoming";
}

/** Declining and deleting read the same: what was accepted before cannot have been declined (docs/kommo-api.md §2.7). */
export function toDeleted(known: KnownOutcome, at: number, stages: Stages): KnownOutcome {
  const outcome = wasAccepted(known, stages) ? "deleted" : "declined";
  return { ...known, outcome, at: Math.max(known.at, at), closedAt: at, mergedInto: null };
}

/** It is neither there nor in the trash. What is gone already may only have left the trash. `at`: when that was read. */
export function toMerged(known: KnownOutcome, at: number): KnownOutcome {
  return isGone(known) ? known : { ...known, outcome: "merged", at: Math.max(known.at, at), closedAt: null };
}
