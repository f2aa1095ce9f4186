import "server-only";
import { sql } from "kysely";
import type { CountryCode } from "libphonenumber-js";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { findDefaultCountry } from "@/lib/mapping/queries";
import { type Finding, findingSchema, type Privacy } from "./schema";
import { type Contact, toContact, toContacts } from "./to-contact";
import { toContactHash } from "./to-contact-hash";

const MOST_LEADS = 500;
const ERASURES_SHOWN = 20;

/** Every lead of the person with that phone, handle or e-mail, and of those that share another of the three with one. */
export async function findLeadsOfPerson(
  contact: string,
  db: Db = getDb(),
  { defaultCountry, secret }: { defaultCountry?: CountryCode; secret: string } = { secret: getEnv().secret },
): Promise<Finding> {
  const asked = toContact(contact, defaultCountry ?? (await findDefaultCountry(db)));
  const leads = await listKin([asked], db);
  const erased = await db
    .selectFrom("erased_contacts")
    .select("at")
    .where("hash", "=", toContactHash(asked, secret))
    .executeTakeFirst();
  return findingSchema.parse({ leads, erasedAt: leads.length === 0 ? (erased?.at ?? null) : null });
}

/** The same, starting from one of the person's leads. */
export async function findLeadsOfSamePerson(leadId: string, db: Db = getDb()): Promise<Finding> {
  const lead = await db
    .selectFrom("leads")
    .select(["id", "phone", "telegram", "email"])
    .where("id", "=", leadId)
    .executeTakeFirst();
  return findingSchema.parse({ leads: lead ? await listKin(toContacts(lead), db) : [], erasedAt: null });
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
  return { keepDays: keep_days, erasures };
}

type Row = { id: string; phone: string | null; telegram: string | null; email: string | null };

async function listKin(contacts: Contact[], db: Db) {
  const known = new Map(contacts.map((contact) => [`${contact.kind}:${contact.value}`, contact]));
  for (;;) {
    const rows = await listLeadsWith([...known.values()], db);
    const before = known.size;
    for (const contact of rows.flatMap(toContacts)) known.set(`${contact.kind}:${contact.value}`, contact);
    if (known.size === before || rows.length === MOST_LEADS) return rows.map(toFound);
  }
}

function listLeadsWith(contacts: Contact[], db: Db) {
  const values = (kind: Contact["kind"]) => [
    "",
    ...contacts.flatMap((contact) => (contact.kind === kind ? contact.value : [])),
  ];
  return db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(["leads.id", "leads.name", "leads.surname", "leads.phone", "leads.telegram", "leads.email"])
    .select(["leads.state", "leads.created_at as createdAt", "people.name as author"])
    .where((eb) =>
      eb.or([
        eb("leads.phone", "in", values("phone")),
        eb(sql<string>`lower(leads.telegram)`, "in", values("telegram")),
        eb(sql<string>`lower(leads.email)`, "in", values("email")),
      ]),
    )
    .orderBy("leads.created_at", "desc")
    .limit(MOST_LEADS)
    .execute();
}

function toFound<T extends Row & { name: string | null; surname: string | null }>({
  name,
  surname,
  ...row
}: T) {
  return {
    ...row,
    title: [name, surname].filter(Boolean).join(" "),
    contact: row.phone ?? row.telegram ?? row.email ?? "",
  };
}
