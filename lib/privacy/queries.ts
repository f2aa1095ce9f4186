import "server-only";
import { sql } from "kysely";
import type { CountryCode } from "libphonenumber-js";
import { recordSearch } from "@/lib/audit/record-search";
import { findKommoUrl } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { toShownPhone } from "@/lib/domain/lead/phone";
import { keyKinds, toLeadKeys } from "@/lib/domain/lead/search-keys";
import { toTitle } from "@/lib/domain/lead/to-title";
import { getEnv } from "@/lib/env";
import { FORM_ROLE } from "@/lib/people/schema";
import { findDefaultCountry } from "@/lib/published-mapping/queries";
import { type FoundPerson, foundPersonSchema, type Privacy } from "./schema";
import { type Contact, toContact, toContactHash } from "./to-contact";

const MAX_LEADS = 500;
const ERASURES_SHOWN = 20;

// Each key of these kinds belongs to one person. Invalid numbers and names may belong to many.
const OWN_KEYS = [keyKinds.phone, keyKinds.telegram, keyKinds.email];

/**
 * Every lead with that phone, handle or e-mail, and the leads that share another of the three with one of them. That
 * `readerId` has searched is in the log.
 */
export async function findLeadsOfPerson(
  contact: string,
  readerId: string,
  db: Db = getDb(),
  { defaultCountry, secret }: { defaultCountry?: CountryCode; secret: string } = { secret: getEnv().secret },
  now = Date.now(),
): Promise<FoundPerson> {
  await recordSearch(readerId, db, now);
  const country = defaultCountry ?? (await findDefaultCountry(db));
  const asked = toContact(contact, country);
  const leads = await listRelatedLeads(await listByContact(asked, country, db), db);
  const erasedAt = leads.length === 0 ? await findErasure([asked], db, secret) : null;
  return foundPersonSchema.parse({ leads, erasedAt });
}

export async function findLeadsOfSamePerson(leadId: string, db: Db = getDb()): Promise<FoundPerson> {
  return foundPersonSchema.parse({ leads: await listRelatedLeads([leadId], db), erasedAt: null });
}

/** When leads with one of these contacts were last erased, in epoch milliseconds; null for never. */
export async function findErasure(
  contacts: Contact[],
  db: Db = getDb(),
  secret: string = getEnv().secret,
): Promise<number | null> {
  if (contacts.length === 0) return null;
  const hashes = contacts.map((contact) => toContactHash(contact, secret));
  const row = await db
    .selectFrom("erased_contacts")
    .select("at")
    .where("hash", "in", hashes)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

export async function getPrivacy(db: Db = getDb()): Promise<Privacy> {
  const { keep_days } = await db.selectFrom("retention").select("keep_days").executeTakeFirstOrThrow();
  const erasures = await db
    .selectFrom("erasures")
    .leftJoin("people", "people.id", "erasures.person_id")
    .select(["erasures.id", "erasures.at", "people.name as by", "erasures.lead_count as leadCount"])
    .orderBy("erasures.at", "desc")
    .limit(ERASURES_SHOWN)
    .execute();
  return { kommoUrl: await findKommoUrl(db), keepDays: keep_days, erasures };
}

async function listByContact({ kind, value }: Contact, country: CountryCode, db: Db): Promise<string[]> {
  const nothing = { name: null, surname: null, phone: null, phone_raw: null, telegram: null, email: null };
  const keys = toLeadKeys({ ...nothing, [kind]: value }, country);
  return keys.length > 0 ? listWithKeys(keys, db) : listByRawValue(kind, value, db);
}

async function listWithKeys(keys: string[], db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom("lead_keys")
    .select("lead_id")
    .where("key", "in", keys)
    .orderBy("at", "desc")
    .limit(MAX_LEADS)
    .execute();
  return rows.map(({ lead_id }) => lead_id);
}

/** A contact that is neither a number nor a handle has no key. It is rare, so every lead is checked. */
async function listByRawValue(kind: Contact["kind"], value: string, db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom("leads")
    .select("id")
    .where(sql<string>`lower(${sql.ref(kind)})`, "=", value.toLowerCase())
    .limit(MAX_LEADS)
    .execute();
  return rows.map(({ id }) => id);
}

async function listRelatedLeads(first: string[], db: Db) {
  const ids = new Set(first);
  const asked = new Set<string>();
  for (let news = first; news.length > 0 && ids.size < MAX_LEADS; ) {
    const keys = (await listOwnKeys(news, db)).filter((key) => !asked.has(key));
    const found = keys.length > 0 ? await listWithKeys(keys, db) : [];
    for (const key of keys) asked.add(key);
    news = [...new Set(found)].filter((id) => !ids.has(id));
    for (const id of news) ids.add(id);
  }
  return listFound([...ids].slice(0, MAX_LEADS), db);
}

async function listOwnKeys(ids: string[], db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom("lead_keys")
    .select("key")
    .distinct()
    .where("lead_id", "in", ids)
    .where((eb) => eb.or(OWN_KEYS.map((kind) => eb("key", "like", `${kind}%`))))
    .execute();
  return rows.map(({ key }) => key);
}

async function listFound(ids: string[], db: Db) {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(["leads.id", "leads.name", "leads.surname", "leads.phone", "leads.telegram", "leads.email"])
    .select(["leads.state", "leads.created_at as createdAt", "people.name as author"])
    .select("people.role as authorRole")
    .where("leads.id", "in", ids)
    .orderBy("leads.created_at", "desc")
    .execute();
  return rows.map(toFound);
}

type Row = Record<"name" | "surname" | "phone" | "telegram" | "email", string | null> & {
  authorRole: string;
};

function toFound<T extends Row>({ name, surname, authorRole, ...row }: T) {
  return {
    ...row,
    byForm: authorRole === FORM_ROLE,
    title: toTitle({ name, surname }),
    contact: toShownPhone(row.phone) ?? row.telegram ?? row.email ?? "",
  };
}
