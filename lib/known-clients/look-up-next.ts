import "server-only";
import type { Db } from "@/lib/db/client";
import { isLookedUp } from "@/lib/domain/lead/known-client";
import { AppError } from "@/lib/errors";
import type { Network } from "@/lib/kommo/client";
import { toRetryAfterSeconds } from "@/lib/kommo/problem";
import type { Connection } from "@/lib/kommo/schema";
import { findPause, slowDown } from "@/lib/rate-limit/lanes";
import { lookUp } from "./look-up";
import { saveLookUp } from "./mutations";
import { findNextPhone, isLookUpUsed } from "./queries";

const TIMEOUT_MS = 10_000;
// The hold of a lead is time enough for a question or two.
const AHEAD_MS = 10_000;

type Asker = { db: Db; now: () => number; network?: Network; stopping?: AbortSignal };

/**
 * The phone that Kommo is to be asked about now, if there is one. People at the keyboard come first: while their lane is
 * taken, nobody else gets in line for it.
 */
export async function findPhoneToLookUp({ db, now, network }: Asker): Promise<string | undefined> {
  if (!(await isLookUpUsed(db))) return undefined;
  const phone = await findNextPhone(db, now(), now() + AHEAD_MS);
  if (phone === undefined || network) return phone;
  return (await findPause(db, now(), "people")) === 0 ? phone : undefined;
}

/**
 * One question to Kommo. Without an answer its leads leave when they have waited long enough. `connect`: to the account that
 * our leads are in.
 */
export async function lookUpForLeads(
  phone: string,
  connect: (db: Db, now: () => number, network?: Network) => Promise<Connection>,
  { db, now, network, stopping }: Asker,
): Promise<void> {
  // Typed with a plus, but no number: nobody has it, and nobody waits for it.
  if (!isLookedUp(phone)) return saveLookUp(phone, [], db, now());
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = stopping ? AbortSignal.any([stopping, timeout]) : timeout;
  try {
    const connection = await connect(db, now, network);
    await lookUp(phone, { connection, signal, now, db, network });
  } catch (error) {
    if (!(error instanceof AppError) && !signal.aborted) throw error;
    if (error instanceof AppError && error.code === "too_many_requests")
      await slowDown(toRetryAfterSeconds(error), db, now());
    await saveLookUp(phone, null, db, now());
  }
}
