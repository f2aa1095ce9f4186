import { type KnownOutcome, toDeleted, wasAccepted } from "./known-outcome";
import { findStageKind, type StageId, type Stages } from "./stages";

/** One of Kommo's events about a lead. `at` in epoch milliseconds, of whole seconds; `by` is a user, null for a robot. */
export type LeadChange = { id: string; at: number; by: number | null } & (
  | { kind: "moved"; from: StageId | null; to: StageId }
  | { kind: "deleted" | "restored" }
);

type Move = Extract<LeadChange, { kind: "moved" }>;

/** `isUnsure`: the events do not tell all of it, so that the lead itself has to be read. */
export type Applied = { known: KnownOutcome; isUnsure: boolean };

/**
 * What is known of a lead after these events, in whatever order they come and however often. Events from before `known.at` tell
 * nothing new, but for who accepted the lead and when (docs/kommo-api.md §2.7).
 */
export function applyChanges(known: KnownOutcome, changes: readonly LeadChange[], stages: Stages): Applied {
  const { ordered, isUnsure } = toOrder(changes, known.stage);
  return ordered.reduce(
    (applied, change) => {
      const next = applyChange(applied.known, change, stages);
      return { known: next.known, isUnsure: applied.isUnsure || next.isUnsure };
    },
    { known, isUnsure },
  );
}

function applyChange(known: KnownOutcome, change: LeadChange, stages: Stages): Applied {
  const { at } = change;
  if (change.kind === "moved") return applyMove(known, change, stages);
  if (at < known.at) return { known, isUnsure: false };
  if (change.kind === "deleted") return { known: toDeleted(known, at, stages), isUnsure: false };
  return { known: { ...known, at, outcome: null, closedAt: null }, isUnsure: true };
}

function applyMove(before: KnownOutcome, { at, by, from, to }: Move, stages: Stages): Applied {
  const kind = findStageKind(stages, to);
  const fromKind = from ? findStageKind(stages, from) : undefined;
  const wasIncoming = fromKind === "incoming" || (fromKind === undefined && !wasAccepted(before, stages));
  // Nothing can be moved into the incoming stage, so an unknown one is another.
  const isAccepted = wasIncoming && kind !== "incoming";
  const isEarlier = before.acceptedAt === null || at <= before.acceptedAt;
  const known = isAccepted && isEarlier ? { ...before, acceptedAt: at, acceptedBy: by } : before;
  if (at < known.at) return { known, isUnsure: false };
  const isClosed = kind === "won" || kind === "lost";
  const isSame = known.outcome === kind;
  return {
    known: {
      ...known,
      at,
      stage: to,
      outcome: kind === "incoming" || isClosed ? kind : "accepted",
      closedAt: isClosed ? (isSame ? (known.closedAt ?? at) : at) : null,
      lossReason: kind === "lost" && isSame ? known.lossReason : null,
      mergedInto: null,
    },
    isUnsure: kind === "lost" && !(isSame && known.lossReason !== null),
  };
}

/**
 * Oldest first, each once. Of the same second, each follows the one that left the lead where it starts; where none does, nobody
 * knows which came last.
 */
function toOrder(changes: readonly LeadChange[], stage: StageId | null) {
  const once = [...new Map(changes.map((change) => [change.id, change])).values()];
  const seconds = Map.groupBy(once, ({ at }) => at);
  const ordered: LeadChange[] = [];
  let isUnsure = false;
  for (const at of [...seconds.keys()].sort((one, other) => one - other)) {
    const last = ordered.findLast((change) => change.kind === "moved")?.to ?? stage;
    const chained = toChain(seconds.get(at) ?? [], last);
    ordered.push(...chained.chain);
    isUnsure ||= chained.isUnsure;
  }
  return { ordered, isUnsure };
}

function toChain(changes: LeadChange[], before: StageId | null) {
  if (changes.length === 1) return { chain: changes, isUnsure: false };
  const left = changes.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const chain: LeadChange[] = [];
  let [stage, isUnsure] = [before, false];
  while (left.length > 0) {
    const follows = left.findIndex((change) => change.kind === "moved" && isSameStage(change.from, stage));
    const next = follows < 0 && chain.length === 0 ? findStart(left) : follows;
    isUnsure ||= next < 0;
    const [change] = left.splice(Math.max(0, next), 1);
    if (!change) break;
    if (change.kind === "moved") stage = change.to;
    chain.push(change);
  }
  return { chain, isUnsure };
}

/** The one that starts where no other ends: its beginning was told before, or is not told at all. Below 0 for several. */
function findStart(changes: LeadChange[]): number {
  const moves = changes.filter((change) => change.kind === "moved");
  const starts = moves.filter(({ from }) => !moves.some(({ to }) => isSameStage(to, from)));
  const [start] = starts;
  return start && starts.length === 1 ? changes.indexOf(start) : -1;
}

function isSameStage(one: StageId | null, other: StageId | null): boolean {
  return one?.stageId === other?.stageId && one?.pipelineId === other?.pipelineId;
}
