import type { KnownOutcome } from "./known-outcome";
import { findStageKind, type StageId, type Stages } from "./stages";

/** A lead as it stands in Kommo. Times are epoch milliseconds of Kommo's clock; null where Kommo does not say. */
export type LeadReading = {
  stage: StageId | null;
  updatedAt: number | null;
  closedAt: number | null;
  lossReason: string | null;
};

/** What is known of a lead once it has been read. One that stands in a stage that is not listed yet stays as it was. */
export function applyReading(known: KnownOutcome, reading: LeadReading, stages: Stages): KnownOutcome {
  const { stage, updatedAt, closedAt, lossReason } = reading;
  const kind = stage && findStageKind(stages, stage);
  if (!kind) return known;
  const at = Math.max(known.at, updatedAt ?? 0);
  if (kind === "incoming")
    return { ...known, outcome: "incoming", at, stage, acceptedAt: null, acceptedBy: null, closedAt: null };
  const isClosed = kind !== "open";
  return {
    outcome: isClosed ? kind : "accepted",
    at,
    stage,
    // Nobody has told when: then it was at its last change at the latest.
    acceptedAt: known.acceptedAt ?? updatedAt,
    acceptedBy: known.acceptedBy,
    closedAt: isClosed ? (closedAt ?? updatedAt) : null,
    lossReason: kind === "lost" ? lossReason : null,
    mergedInto: null,
  };
}
