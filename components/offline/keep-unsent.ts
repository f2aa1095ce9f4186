import type { Outcome, SendProblem } from "@/components/lead/send-lead";
import { tellServerTime } from "@/components/ui/clock";
import type { Lead } from "@/lib/domain/lead/schema";
import { type DeviceLead, isUnreachable } from "./device-lead";
import { getDeviceQueue } from "./device-queue";
import { changeKept, keepLead } from "./device-store";

type FromForm = {
  lead: Lead;
  /** The saved lead as it was, where this corrects one. */
  corrects: DeviceLead["corrects"];
  /** The lead on this device that was in the form. */
  before: string | undefined;
};

/** What became of a press, once what nobody has answered for is on this device. Undefined: it stays in the form. */
export async function settleOnDevice(
  personId: string,
  { lead, corrects, before }: FromForm,
  outcome: Outcome,
): Promise<"saved" | "kept" | undefined> {
  const isKept = outcome.kind === "problem" && (await keepUnsent(personId, lead, outcome.problem, corrects));
  if (!isKept && outcome.kind !== "saved") return undefined;
  if (before !== undefined && !(isKept && before === lead.id)) await dropKept(personId, before);
  return isKept ? "kept" : "saved";
}

/** False where the server has refused it, or the browser keeps nothing. */
export async function keepUnsent(
  personId: string,
  lead: Lead,
  problem: SendProblem,
  corrects: DeviceLead["corrects"] = null,
): Promise<boolean> {
  if (!isUnreachable(problem)) return false;
  const isKept = await keepLead({ id: lead.id, personId, at: tellServerTime(), lead, corrects });
  await getDeviceQueue(personId).tell();
  return isKept;
}

async function dropKept(personId: string, id: string): Promise<void> {
  // One that stays by mistake is sent again under its id, and is the same lead.
  await changeKept(personId, id, () => undefined).catch(() => undefined);
  await getDeviceQueue(personId).tell();
}
