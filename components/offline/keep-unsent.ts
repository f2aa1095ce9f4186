import type { Outcome, SendProblem } from "@/components/lead/send-lead";
import { tellServerTime } from "@/components/ui/clock";
import type { Lead } from "@/lib/domain/lead/schema";
import { isUnreachable } from "./device-lead";
import { getDeviceQueue } from "./device-queue";
import { changeKept, keepLead } from "./device-store";

/**
 * What became of a press, once a lead that nobody has answered for is on this device. `before`: the lead on this device
 * that was in the form. Undefined: it stays in the form.
 */
export async function settleOnDevice(
  personId: string,
  lead: Lead,
  outcome: Outcome,
  before: string | undefined,
): Promise<"saved" | "kept" | undefined> {
  const isKept = outcome.kind === "problem" && (await keepUnsent(personId, lead, outcome.problem));
  if (!isKept && outcome.kind !== "saved") return undefined;
  if (before !== undefined && !(isKept && before === lead.id)) await dropKept(personId, before);
  return isKept ? "kept" : "saved";
}

/** False where the server has refused it, or the browser keeps nothing. */
export async function keepUnsent(personId: string, lead: Lead, problem: SendProblem): Promise<boolean> {
  if (!isUnreachable(problem)) return false;
  const isKept = await keepLead({ id: lead.id, personId, at: tellServerTime(), lead });
  await getDeviceQueue(personId).tell();
  return isKept;
}

async function dropKept(personId: string, id: string): Promise<void> {
  // One that stays by mistake is sent again under its id, and is the same lead.
  await changeKept(personId, id, () => undefined).catch(() => undefined);
  await getDeviceQueue(personId).tell();
}
