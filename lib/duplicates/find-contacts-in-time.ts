import "server-only";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import type { KommoContacts } from "@/lib/domain/lead/schema";
import { toPhoneDigits } from "@/lib/domain/lead/search-keys";
import { AppError } from "@/lib/errors";
import { findContacts } from "@/lib/kommo/contacts";
import { toRetryAfterSeconds } from "@/lib/kommo/problem";
import { findDefaultCountry } from "@/lib/published-mapping/queries";
import { getQueueStop } from "@/lib/queue/queries";
import { slowDown } from "@/lib/rate-limit/lanes";
import { takeSlot } from "@/lib/rate-limit/take-slot";

const TIMEOUT_MS = 2500;

/** Takes at most 2.5 s and never throws an error of Kommo's, so that a person who types is not disturbed. */
export async function findContactsInTime(
  phone: string,
  aborted: AbortSignal,
  db: Db = getDb(),
  timeoutMs = TIMEOUT_MS,
): Promise<KommoContacts> {
  const noAnswer = { contacts: [], isSilent: true };
  const queueStop = await getQueueStop(db);
  if (queueStop?.kind === "halted") return noAnswer;

  const signal = AbortSignal.any([aborted, AbortSignal.timeout(timeoutMs)]);
  try {
    const connection = await getConnection(db);
    const slot = () => takeSlot({ lane: "people", db, signal });
    const contacts = await rejectOnAbort(findContacts(phone, { connection, slot, signal }), signal);
    const defaultCountry = await findDefaultCountry(db);
    const number = toPhoneDigits(phone, defaultCountry);
    const same = contacts.filter(({ phones }) =>
      phones.some((other) => toPhoneDigits(other, defaultCountry) === number),
    );
    return {
      contacts: same.map(({ id }) => ({
        contactId: id,
        name: null,
        url: `${connection.baseUrl}/contacts/detail/${id}`,
      })),
      isSilent: false,
    };
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
