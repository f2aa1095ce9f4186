import type { LeadSummary } from "@/lib/domain/lead/schema";
import { statesUnderWay } from "@/lib/domain/lead/states";

const SOON_MS = 10_000;

/** True while the lead will soon change by itself, so that it is worth checking each second. */
export function isMoving({ state, dueAt }: LeadSummary, now: number): boolean {
  return state === "sending" || state === "checking" || (isUnderWay({ state }) && dueAt - now < SOON_MS);
}

export function isUnderWay({ state }: Pick<LeadSummary, "state">): boolean {
  return statesUnderWay.includes(state);
}
