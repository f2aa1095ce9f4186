import "server-only";
import { lockInForce } from "@/lib/connection/lock-in-force";
import { type Db, getDb } from "@/lib/db/client";
import { type FoundContact, isLookedUp } from "@/lib/domain/lead/known-client";
import { toPhone } from "@/lib/domain/lead/phone";
import { toPhoneDigits } from "@/lib/domain/lead/search-keys";
import { AppError } from "@/lib/errors";
import type { Network } from "@/lib/kommo/client";
import { findContacts } from "@/lib/kommo/contacts";
import type { Connection } from "@/lib/kommo/schema";
import { findDefaultCountry } from "@/lib/published-mapping/queries";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { saveLookUp } from "./mutations";

type Options = {
  connection: Connection;
  signal: AbortSignal;
  now: () => number;
  db?: Db;
  network?: Network;
};

/**
 * Asks Kommo for the contacts with this phone (E.164), in the people's lane, and keeps the answer. Throws as callKommo does,
 * as timers do when it is aborted, and `changed_meanwhile` where an admin has replaced the connection before the answer came:
 * contacts of another account are nobody here. So the caller has made sure which account the connection opens.
 */
export async function lookUp(
  phone: string,
  { connection, signal, now, db = getDb(), network }: Options,
): Promise<FoundContact[]> {
  if (!isLookedUp(phone)) return [];
  const slot = network?.takeSlot ?? (() => takeSlot({ lane: "people", db, now, signal }));
  const contacts = await findContacts(phone, { connection, slot, signal, transport: network?.transport });
  const country = await findDefaultCountry(db);
  const number = toPhoneDigits(phone, country);
  const found = contacts
    .filter(({ phones }) => phones.some((other) => toPhoneDigits(other, country) === number))
    .map(({ id, name, userId, phones }) => {
      const isExact = phones.some((other) => toPhone(other, country) === phone);
      return { id, name, userId, isExact };
    });
  await db.transaction().execute(async (tx) => {
    if (!(await lockInForce(connection, tx))) throw new AppError("changed_meanwhile");
    await saveLookUp(phone, found, tx, now());
  });
  return found;
}
