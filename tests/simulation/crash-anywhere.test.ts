import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { stubSettings } from "@/tests/support/settings";
import type { History, PostFault, Step } from "./history";
import { type Desk, openDesk, runHistory } from "./run-history";

// A sender that has nothing left to do comes to no further await within its minute.
const MOST_AWAITS = 400;
const LEAD = { isPoison: false, isBad: false };
const APPLIED: PostFault = {
  answer: "500 html",
  isApplied: true,
  appliedAfterMs: 1000,
  answeredAfterMs: 500,
};

/** Three leads, of which the first request is applied and answered unclearly, and one of them is accepted meanwhile. */
function toHistory(awaits: number, hasReference: boolean): History {
  const steps: Step[] = [
    { kind: "post", at: 0, fault: APPLIED },
    { kind: "crash", at: 0, awaits },
    { kind: "sales", at: 0, lead: 1, afterMs: 500, act: "accept" },
    { kind: "create", at: 1, lead: 0 },
    { kind: "create", at: 2, lead: 1 },
    { kind: "create", at: 4000, lead: 2 },
  ];
  return {
    seed: awaits,
    hasReference,
    processes: 1,
    holdMs: 0,
    isOneMachine: true,
    aheadMs: 0,
    largestTaken: 50,
    takesRestOfRejected: false,
    addsToContacts: false,
    tellsCreation: true,
    slowMs: 0,
    slowListMs: 0,
    leads: [0, 1, 2].map((person) => ({ ...LEAD, person })),
    steps,
  };
}

describe.each([true, false])("with a reference field: %s", (hasReference) => {
  let desk: Desk;

  beforeAll(async () => {
    stubSettings("https://model.test");
    desk = await openDesk(hasReference);
  });
  afterAll(async () => {
    await desk.db.destroy();
    vi.unstubAllEnvs();
  });

  test("a crash at each statement and each await in turn loses, doubles and strands nothing", {
    timeout: 300_000,
  }, async () => {
    const wrong: string[] = [];
    let crashes = 0;
    for (let awaits = 1; awaits <= MOST_AWAITS; awaits++) {
      const { violations, story } = await runHistory(toHistory(awaits, hasReference), desk, true);
      wrong.push(...violations.map((violation) => `at await ${awaits}: ${violation}`));
      if (!story.some((line) => line.endsWith("dies"))) break;
      crashes++;
    }

    expect(wrong).toEqual([]);
    expect(crashes).toBeGreaterThan(50);
  });
});
