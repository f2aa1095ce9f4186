import type { Outcome } from "@/components/lead/send-lead";
import { type DeviceLead, toSent, toTask, toWithdrawn } from "./device-lead";

/** What it takes from its surroundings: the store of the device, the server, and the right to act on a lead. */
export type Round = {
  list: () => Promise<DeviceLead[]>;
  find: (id: string) => Promise<DeviceLead | undefined>;
  change: (id: string, change: (lead: DeviceLead) => DeviceLead | undefined) => Promise<void>;
  send: (kept: DeviceLead) => Promise<Outcome>;
  /** The code of a failure. */
  withdraw: (id: string) => Promise<string | undefined>;
  hold: (name: string) => Promise<(() => void) | undefined>;
  onSending: (id: string | undefined) => void;
};

/**
 * Sends what waits on this device, in the order in which it was typed; one that fails does not hold up the next. One tab
 * at a time. Answers whether the person is signed out; undefined where nobody could say.
 */
export async function sendKept(round: Round): Promise<boolean | undefined> {
  const release = await round.hold("round");
  if (!release) return undefined;
  let isSignedOut: boolean | undefined;
  try {
    for (const { id } of await round.list()) {
      const code = await sendOne(id, round);
      if (code === "signed_out") return true;
      if (code === "answered") isSignedOut = false;
    }
    return isSignedOut;
  } finally {
    release();
  }
}

type Answered = "answered" | "signed_out" | undefined;

async function sendOne(id: string, round: Round): Promise<Answered> {
  const release = await round.hold(id);
  // In a form, or undone at this moment.
  if (!release) return undefined;
  try {
    // Read anew: another tab may have changed it since.
    const lead = await round.find(id);
    const task = lead && toTask(lead);
    if (!task) return undefined;
    round.onSending(id);
    return task === "send" ? await send(lead, round) : await withdraw(lead, round);
  } finally {
    round.onSending(undefined);
    release();
  }
}

async function send(kept: DeviceLead, round: Round): Promise<Answered> {
  const outcome = await round.send(kept);
  // Another tab may have kept newer words meanwhile: the answer is not theirs.
  await round.change(kept.id, (before) => (before.at === kept.at ? toSent(before, outcome) : before));
  return toAnswered(outcome.kind === "problem" ? outcome.problem : undefined);
}

async function withdraw({ id }: DeviceLead, round: Round): Promise<Answered> {
  const code = await round.withdraw(id);
  await round.change(id, (before) => toWithdrawn(before, code));
  return toAnswered(code);
}

function toAnswered(code: string | undefined): Answered {
  if (code === "signed_out") return code;
  return code === "offline" || code === "no_answer" ? undefined : "answered";
}
