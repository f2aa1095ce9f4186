import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { findMapping } from "@/lib/mapping/queries";
import { claimDueLeads } from "./claim";
import { deliver } from "./deliver";
import { beat } from "./heartbeat";
import { reconcile } from "./reconcile";
import { seedMapping } from "./seed-mapping";

const POLL_MS = 250;
const PAUSE_AFTER_FAILURE_MS = 5000;

/** One round: claims what is due, looks up what is unclear, sends the rest. Answers whether there was work. */
export async function deliverDue(db: Db = getDb(), now: () => number = Date.now): Promise<boolean> {
  const mapping = (await findMapping(db)) ?? (await seedMapping(db));
  const claimed = await claimDueLeads(db, now());
  const unclear = claimed.filter((lead) => lead.state === "sending" || lead.state === "checking");
  const toSend = claimed.filter((lead) => !unclear.includes(lead));

  if (toSend.length > 0) await deliver(toSend, mapping, db, now);
  if (unclear.length > 0) await reconcile(unclear, db, now);
  return claimed.length > 0;
}

/** Runs rounds until stopped. `stop` resolves when the running delivery has been written down. */
export function startLoop(): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const finished = run(stopping.signal);
  return {
    stop() {
      stopping.abort();
      return finished;
    },
  };
}

async function run(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    beat();
    const pause = await deliverDue().then(
      (worked) => (worked ? 0 : POLL_MS),
      (error: unknown) => {
        log.error(
          { code: error instanceof AppError ? error.code : undefined, err: error },
          "delivery paused",
        );
        return PAUSE_AFTER_FAILURE_MS;
      },
    );
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}
