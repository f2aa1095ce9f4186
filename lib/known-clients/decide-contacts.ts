import "server-only";
import { sql } from "kysely";
import type { Db } from "@/lib/db/client";
import { isLookedUp, type KnownClient, toKnownClient } from "@/lib/domain/lead/known-client";
import { isAttaching, listFound } from "./queries";

type LeadToDecide = { id: string; phone: string | null; contactChoice: number | null };

/** `attachId`: the contact of Kommo to which the lead is added; null for a new one. */
export type ContactDecision = { client: KnownClient; attachId: number | null };

/**
 * Decides to which contact of Kommo each of these leads belongs, once, in the transaction that claims them. A lead of whose
 * phone nothing is known has no decision and goes as a new contact. `now` in epoch milliseconds.
 */
export async function decideContacts(
  leads: LeadToDecide[],
  now: number,
  tx: Db,
): Promise<Map<string, ContactDecision>> {
  if (leads.length === 0) return new Map();
  const isOn = await isAttaching(tx);
  const phones = leads.flatMap(({ phone }) => (isLookedUp(phone) ? [phone] : []));
  const found = await listFound([...new Set(phones)], tx, now);
  const decisions = new Map(
    leads.flatMap(({ id, phone, contactChoice }): [string, ContactDecision][] => {
      const contacts = found.get(phone ?? "");
      if (!contacts) return [];
      const client = toKnownClient(contacts, contactChoice);
      return [[id, { client, attachId: isOn ? (client.contact?.id ?? null) : null }]];
    }),
  );
  if (decisions.size > 0) await writeDecisions(decisions, tx);
  return decisions;
}

async function writeDecisions(decisions: Map<string, ContactDecision>, tx: Db): Promise<void> {
  const rows = [...decisions].map(
    ([id, { client, attachId }]) => sql`(${id}, cast(${attachId} as bigint), ${JSON.stringify(client)})`,
  );
  await sql`with decided (id, attach_id, known) as (values ${sql.join(rows)})
    update leads set attach_id = decided.attach_id, known = decided.known
    from decided where leads.id = decided.id`.execute(tx);
}
