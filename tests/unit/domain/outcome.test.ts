import { describe, expect, test } from "vitest";
import { applyChanges, type LeadChange } from "@/lib/domain/outcome/apply-changes";
import { applyReading } from "@/lib/domain/outcome/apply-reading";
import { type KnownOutcome, NOTHING_KNOWN } from "@/lib/domain/outcome/known-outcome";
import { toStages } from "@/lib/domain/outcome/stages";

const stage = (id: number, name: string, kind: "incoming" | "won" | "lost" | "open") => ({
  ...{ id, name, kind },
  sort: 10,
  color: "#fff",
});
const STAGES = toStages([
  {
    id: 1,
    stages: [
      stage(10, "Incoming", "incoming"),
      stage(11, "New", "open"),
      stage(12, "Talks", "open"),
      stage(142, "Won", "won"),
      stage(143, "Lost", "lost"),
    ],
  },
]);
const at = (stageId: number) => ({ pipelineId: 1, stageId });
const ANNA = 7;
const SECOND = 1000;
const T = 1_700_000_000 * SECOND;

let nextId = 1;
const move = (from: number, to: number, time: number, by: number | null = ANNA): LeadChange => ({
  ...{ kind: "moved", id: String(nextId++).padStart(5, "0"), at: time, by },
  from: at(from),
  to: at(to),
});
const plain = (kind: "deleted" | "restored", time: number): LeadChange => ({
  ...{ kind, id: String(nextId++).padStart(5, "0"), at: time, by: ANNA },
});

const WAY = [move(10, 11, T), move(11, 12, T), move(12, 143, T + SECOND), move(143, 142, T + 2 * SECOND)];
const WON: KnownOutcome = {
  ...NOTHING_KNOWN,
  outcome: "won",
  at: T + 2 * SECOND,
  stage: at(142),
  acceptedAt: T,
  acceptedBy: ANNA,
  closedAt: T + 2 * SECOND,
};

describe("what events make known of a lead", () => {
  test("is the same in whatever order they come, and however often", () => {
    for (const order of permute(WAY)) {
      expect(applyChanges(NOTHING_KNOWN, [...order, ...order], STAGES).known).toEqual(WON);
    }
  });

  test("is the same in whatever portions they come", () => {
    for (const order of permute(WAY.slice(1))) {
      let known = applyChanges(NOTHING_KNOWN, WAY.slice(0, 1), STAGES).known;
      for (const change of order) known = applyChanges(known, [change], STAGES).known;
      expect(known).toMatchObject({ outcome: "won", stage: at(142), acceptedAt: T, acceptedBy: ANNA });
    }
  });

  test("does not change by what is already known", () => {
    expect(applyChanges(WON, WAY, STAGES)).toEqual({ known: WON, isUnsure: false });
  });

  test("lacks the reason of a lost lead, until it has been read", () => {
    const lost = applyChanges(NOTHING_KNOWN, [move(10, 143, T)], STAGES);
    const known = applyReading(
      lost.known,
      { stage: at(143), updatedAt: T, closedAt: T, lossReason: "Too dear" },
      STAGES,
    );

    expect(lost.isUnsure).toBe(true);
    expect(applyChanges(known, [move(10, 143, T)], STAGES)).toEqual({ known, isUnsure: false });
    expect(known).toMatchObject({ outcome: "lost", lossReason: "Too dear", acceptedAt: T });
  });

  test("has an acceptance even where the stages are not listed, as nothing moves into the incoming one", () => {
    const { known } = applyChanges(NOTHING_KNOWN, [move(77, 78, T)], STAGES);

    expect(known).toMatchObject({ outcome: "accepted", stage: at(78), acceptedAt: T, acceptedBy: ANNA });
  });

  test("is unsure when moves of one second do not follow each other", () => {
    expect(
      applyChanges({ ...NOTHING_KNOWN, stage: at(10) }, [move(10, 11, T), move(12, 142, T)], STAGES),
    ).toMatchObject({
      isUnsure: true,
    });
  });

  test("tells a declined lead from one that was deleted after it was accepted", () => {
    expect(applyChanges(NOTHING_KNOWN, [plain("deleted", T)], STAGES).known.outcome).toBe("declined");
    const deleted = [move(10, 11, T), plain("deleted", T + SECOND)];
    expect(applyChanges(NOTHING_KNOWN, deleted, STAGES).known.outcome).toBe("deleted");
  });

  test("is to be read once a lead was restored", () => {
    const changes = [plain("deleted", T), plain("restored", T + SECOND)];

    expect(applyChanges(NOTHING_KNOWN, changes, STAGES)).toMatchObject({
      isUnsure: true,
      known: { outcome: null },
    });
  });
});

describe("a lead that is read", () => {
  test("tells nothing in a stage that is not listed yet", () => {
    const reading = { stage: at(99), updatedAt: T, closedAt: null, lossReason: null };

    expect(applyReading(NOTHING_KNOWN, reading, STAGES)).toBe(NOTHING_KNOWN);
  });

  test("keeps who accepted it and when, and forgets that in the incoming stage", () => {
    const reading = { stage: at(12), updatedAt: T + 9 * SECOND, closedAt: null, lossReason: null };
    const known = applyReading(WON, reading, STAGES);

    expect(known).toMatchObject({ outcome: "accepted", acceptedAt: T, acceptedBy: ANNA, closedAt: null });
    expect(applyReading(known, { ...reading, stage: at(10) }, STAGES)).toMatchObject({
      outcome: "incoming",
      acceptedAt: null,
    });
  });
});

describe("a lead that is read although more is known", () => {
  const reading = { stage: at(12), updatedAt: T, closedAt: null, lossReason: null };

  test("does not go back to where it stood before", () => {
    expect(applyReading(WON, reading, STAGES)).toBe(WON);
    const lost = { ...WON, outcome: "lost", stage: at(143) } as const;
    // Kommo may write the event a second after the change.
    expect(applyReading(lost, { ...reading, stage: at(143), lossReason: "Too dear" }, STAGES)).toMatchObject({
      lossReason: "Too dear",
    });
    expect(applyReading({ ...WON, outcome: "merged" }, reading, STAGES)).toMatchObject({
      outcome: "accepted",
    });
  });

  test("does not say when it was accepted, but was not declined when it is deleted", () => {
    const known = applyReading(NOTHING_KNOWN, reading, STAGES);

    expect(known).toMatchObject({ outcome: "accepted", acceptedAt: null });
    const deleted = applyChanges(known, [plain("deleted", T + SECOND)], STAGES).known;
    expect(deleted).toMatchObject({ outcome: "deleted", closedAt: T + SECOND });
    const restored = applyChanges(deleted, [plain("restored", T + 2 * SECOND)], STAGES).known;
    expect(applyChanges(restored, [plain("deleted", T + 3 * SECOND)], STAGES).known.outcome).toBe("deleted");
  });
});

function permute<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((first, index) => permute(all.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}
