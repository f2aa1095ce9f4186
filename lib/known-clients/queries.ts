import "server-only";
import { sql } from "kysely";
import { type Db, getDb } from "@/lib/db/client";
import { NEW_CONTACT } from "@/lib/domain/lead/fields";
import {
  type FoundContact,
  foundContactsSchema,
  type KnownClient,
  knownClientSchema,
} from "@/lib/domain/lead/known-client";
import { findRouting } from "@/lib/published-routing/queries";
import { HOUR_MS, LONGEST_WAIT_MS, LOOK_AGAIN_MS } from "./constants";
import { type Attaching, attachTrialSchema, endings } from "./schema";

/** Whether leads are added to the contacts of the account that the desk is connected to. */
export async function isAttaching(db: Db = getDb()): Promise<boolean> {
  const row = await db
    .selectFrom("attaching")
    .innerJoin("sender", (join) =>
      join.on(sql<boolean>`attaching.account_id is not distinct from sender.account_id`),
    )
    .select("on_at")
    .executeTakeFirst();
  return row !== undefined && row.on_at !== null;
}

/**
 * The switch, and what the last trial has shown: of this account, and since Kommo's answers have ended it. Of another account
 * nothing counts.
 */
export async function getAttaching(db: Db = getDb()): Promise<Attaching> {
  const row = await db
    .selectFrom("attaching")
    .leftJoin("people", "people.id", "attaching.tried_by")
    .select(["attaching.account_id", "on_at", "ended_at", "ended_why", "tried_result", "people.name as by"])
    .executeTakeFirstOrThrow();
  const { account_id } = await db.selectFrom("sender").select("account_id").executeTakeFirstOrThrow();
  if (row.account_id !== account_id) return { onAt: null, endedAt: null, endedWhy: null, trial: null };
  const trial =
    row.tried_result === null ? null : attachTrialSchema.safeParse(JSON.parse(row.tried_result)).data;
  const counts = trial && (row.ended_at === null || trial.at > row.ended_at);
  return {
    onAt: row.on_at,
    endedAt: row.ended_at,
    endedWhy: endings.find((why) => why === row.ended_why) ?? null,
    trial: counts ? { ...trial, by: row.by } : null,
  };
}

/** For the badge in the navigation: Kommo does not take it any more. */
export async function hasAttachingEnded(db: Db = getDb()): Promise<boolean> {
  const { onAt, endedAt } = await getAttaching(db);
  return onAt === null && endedAt !== null;
}

/** Whether anything depends on Kommo's contacts: without, nobody asks for them before a lead leaves. */
export async function isLookUpUsed(db: Db = getDb()): Promise<boolean> {
  if (await isAttaching(db)) return true;
  const published = await findRouting(db).catch(() => undefined);
  return published?.routing.rules.some(({ ownerFirst }) => ownerFirst) ?? false;
}

/** What Kommo has said of these phones within the hour, by phone. */
export async function listFound(phones: string[], db: Db, now: number): Promise<Map<string, FoundContact[]>> {
  if (phones.length === 0) return new Map();
  const rows = await db
    .selectFrom("contact_lookups")
    .select(["phone", "contacts"])
    .where("phone", "in", phones)
    .where("at", ">", now - HOUR_MS)
    .where("contacts", "is not", null)
    .execute();
  return new Map(rows.flatMap(({ phone, contacts }) => toFound(phone, contacts)));
}

function toFound(phone: string, contacts: string | null): [string, FoundContact[]][] {
  const { data } = foundContactsSchema.safeParse(JSON.parse(contacts ?? "null"));
  return data ? [[phone, data]] : [];
}

/**
 * A lead of a list or a website, for whose phone no form has asked Kommo: it waits for the answer, but no longer than 30 s
 * after its time. For a typed one there is the time of its hold, and it leaves when that is over.
 */
export function waitsForLookUp(now: number) {
  return sql<boolean>`(leads.through is not null and ${lacksLookUp(now)})`;
}

/** A lead that is not decided yet and whose phone Kommo has not been asked about within the hour. */
function lacksLookUp(now: number) {
  return sql<boolean>`(leads.routed_at is null and leads.due_at > ${now - LONGEST_WAIT_MS}
    and leads.phone is not null and leads.phone like '+%' and leads.phone not like '%,%'
    and (leads.contact_choice is null or leads.contact_choice <> ${NEW_CONTACT})
    and not exists (select 1 from contact_lookups where contact_lookups.phone = leads.phone
      and contact_lookups.at > ${now - HOUR_MS} and contact_lookups.contacts is not null))`;
}

/**
 * The phone to ask Kommo about next: of the newest lead that leaves until then (epoch ms), as somebody may wait for it.
 * Where Kommo did not answer, others come first.
 */
export async function findNextPhone(db: Db, now: number, until: number): Promise<string | undefined> {
  const lead = await db
    .selectFrom("leads")
    .leftJoin("contact_lookups", "contact_lookups.phone", "leads.phone")
    .select("leads.phone")
    .where("leads.state", "in", ["held", "queued"])
    .where("leads.due_at", ">", now - LONGEST_WAIT_MS)
    .where("leads.due_at", "<=", until)
    .where(lacksLookUp(now))
    .where((eb) =>
      eb.or([
        eb("contact_lookups.at", "is", null),
        eb("contact_lookups.at", "<=", now - LOOK_AGAIN_MS),
        eb("contact_lookups.at", ">", now),
      ]),
    )
    .orderBy("leads.created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return lead?.phone ?? undefined;
}

/** As it was written to a lead; null where there is nothing, or nothing that can be read. */
export function toKnown(text: string | null): KnownClient | null {
  return text === null ? null : (knownClientSchema.safeParse(JSON.parse(text)).data ?? null);
}
