import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { stubSettings } from "@/tests/support/settings";
import type { History, Step } from "./history";
import { type Desk, openDesk, runHistory } from "./run-history";

const NOT_APPLIED = { isApplied: false, appliedAfterMs: 0, answeredAfterMs: 1713 };
const APPLIED = { isApplied: true, appliedAfterMs: 8988, answeredAfterMs: 3293 };
const STEPS: Step[] = [
  { kind: "create", at: 10_951, lead: 0 },
  { kind: "create", at: 21_716, lead: 1 },
  { kind: "post", at: 27_509, fault: { answer: "400 system", ...APPLIED } },
  { kind: "create", at: 65_414, lead: 2 },
  { kind: "post", at: 75_323, fault: { answer: "401", ...NOT_APPLIED } },
  { kind: "create", at: 83_088, lead: 3 },
  { kind: "create", at: 85_865, lead: 4 },
];
const HISTORY: Omit<History, "seed"> = {
  hasReference: false,
  processes: 1,
  holdMs: 0,
  isOneMachine: true,
  aheadMs: 0,
  largestTaken: 50,
  takesRestOfRejected: true,
  tellsCreation: false,
  slowMs: 145,
  slowListMs: 0,
  addsToContacts: false,
  leads: Array.from({ length: 5 }, (_, person) => ({ person, isPoison: false, isBad: false })),
  steps: STEPS,
};

let desk: Desk;
beforeAll(async () => {
  stubSettings("https://model.test");
  desk = await openDesk(false);
});
afterAll(async () => {
  await desk.db.destroy();
  vi.unstubAllEnvs();
});

test("a slow database does not keep a desk claiming for a queue that Kommo has halted meanwhile", async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const { violations } = await runHistory({ ...HISTORY, seed }, desk);

    expect(violations).toEqual([]);
  }
});
