import { isGone, type KnownOutcome, NOTHING_KNOWN } from "./known-outcome";
import { findStageKind, type StageId, type Stages } from "./stages";

/** A lead as it stands in Kommo. Times are epoch milliseconds of Kommo's clock; null where Kommo does not say. */
export type LeadReading = {
  stage: StageId | null;
  updatedAt: number | null;
  closedAt: number | null;
  lossReason: string | null;
};

/**
 * What is known of a lead once it has been read. One that stands in a stage that is not listed yet stays as it was, and so does
 * one of which events have told more since. Only events tell when a lead was accepted, and by whom.
 */
export function applyReading(known: KnownOutcome, reading: LeadReading, stages: Stages): KnownOutcome {
  const { stage, updatedAt, closedAt, lossReason } = reading;
  const kind = stage && findStageKind(stages, stage);
  if (!kind || isOlder(known, reading)) return known;
  const at = Math.max(known.at, updatedAt ?? 0);
  if (kind === "incoming") return { ...NOTHING_KNOWN, outcome: "incoming", at, stage };
  const isClosed = kind !== "open";
  return {
    outcome: isClosed ? kind : "accepted",
    at,
    stage,
    acceptedAt: known.acceptedAt,
    acceptedBy: known.acceptedBy,
    closedAt: isClosed ? (closedAt ?? updatedAt) : null,
    lossReason: kind === "lost" ? lossReason : null,
    mergedInto: null,
  };
}

/** From before the last event. In the same stage it only tells more, and what is there again has been restored. */
function isOlder(known: KnownOutcome, { stage, updatedAt }: LeadReading): boolean {
  if (updatedAt === null || updatedAt >= known.at || isGone(known)) return false;
  return stage?.stageId !== known.stage?.stageId || stage?.pipelineId !== known.stage?.pipelineId;
}
