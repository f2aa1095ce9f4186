import "server-only";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import type { FoundContact } from "@/lib/domain/lead/known-client";
import { AppError } from "@/lib/errors";
import { lookUp } from "@/lib/known-clients/look-up";
import { listFound } from "@/lib/known-clients/queries";
import { toRetryAfterSeconds } from "@/lib/kommo/problem";
import type { Connection } from "@/lib/kommo/schema";
import { getQueueStop } from "@/lib/queue/queries";
import { slowDown } from "@/lib/rate-limit/lanes";

const TIMEOUT_MS = 2500;

export type Connect = (db: Db, now: () => number) => Promise<Connection>;
export type ContactsInTime = { contacts: (FoundContact & { url: string })[]; isSilent: boolean };

/**
 * Kommo's contacts with this phone (E.164), as it has said within the hour. Takes at most 2.5 s and never throws an error of
 * Kommo's, so that a person who types is not disturbed. `connect`: to the account that our leads are in.
 */
export async function findContactsInTime(
  phone: string,
  aborted: AbortSignal,
  connect: Connect,
  db: Db = getDb(),
  timeoutMs = TIMEOUT_MS,
): Promise<ContactsInTime> {
  const noAnswer = { contacts: [], isSilent: true };
  const queueStop = await getQueueStop(db);
  if (queueStop?.kind === "halted") return noAnswer;

  const signal = AbortSignal.any([aborted, AbortSignal.timeout(timeoutMs)]);
  try {
    const connection = await rejectOnAbort(connect(db, tellTime), signal);
    const known = (await listFound([phone], db, tellTime())).get(phone);
    const ask = () => rejectOnAbort(lookUp(phone, { connection, signal, now: tellTime, db }), signal);
    const found = known ?? (await ask());
    const contacts = found.map((one) => ({ ...one, url: `${connection.baseUrl}/contacts/detail/${one.id}` }));
    return { contacts, isSilent: false };
  } catch (error) {
    if (error instanceof AppError && error.code === "too_many_requests") {
      await slowDown(toRetryAfterSeconds(error), db);
    }
    if (error instanceof AppError || signal.aborted) return noAnswer;
    throw error;
  }
}

function rejectOnAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}
