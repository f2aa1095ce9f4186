import "server-only";
import type { CountryCode } from "libphonenumber-js";
import { type Db, getDb } from "@/lib/db/client";
import type { FoundContact } from "@/lib/domain/lead/known-client";
import { toNeighbours, toPhone } from "@/lib/domain/lead/phone";
import { type Duplicates, duplicatesSchema, type KommoContacts } from "@/lib/domain/lead/schema";
import { keyKinds, toLeadKeys, toWords } from "@/lib/domain/lead/search-keys";
import { toTelegram } from "@/lib/domain/lead/telegram";
import { toTitle } from "@/lib/domain/lead/to-title";
import { isAttaching } from "@/lib/known-clients/queries";
import { FORM_ROLE, type Person } from "@/lib/people/schema";
import { findErasure } from "@/lib/privacy/queries";
import { toContacts } from "@/lib/privacy/to-contact";
import { findDefaultCountry } from "@/lib/published-mapping/queries";
import { type Connect, findContactsInTime } from "./find-contacts-in-time";
import { limitFound } from "./limit-found";
import type { Typed } from "./schema";

const MATCHES_SHOWN = 5;
const TODAY_MS = 24 * 60 * 60 * 1000;
// One person has few leads. The same lead may be found by several keys.
const MAX_ROWS = 20;

type MatchReason = Pick<Duplicates["matches"][number], "strength" | "by" | "why">;

/**
 * Exact matches first (an equal phone, Telegram or e-mail), then the newest. Of a colleague's lead a seller learns only
 * that it exists, when the match is exact, and of so many a day; everyone learns only that an erased one existed.
 */
export async function findDuplicates(
  typed: Typed,
  user: Person,
  db: Db = getDb(),
  now = Date.now(),
  country?: CountryCode,
): Promise<Duplicates> {
  const usedCountry = country ?? (await findDefaultCountry(db));
  const telegram = toTelegram(typed.telegram);
  const keys = toLeadKeys({ ...typed, name: null, surname: null, phone_raw: null, telegram }, usedCountry);
  const contacts = new Map(keys.flatMap((key) => toMatchReasons(key)));
  const namesakes = new Map(toNamesakes(typed));
  const author = user.role === "seller" ? user.id : undefined;
  const found = [
    ...(await findByKeys(pick(contacts, "exact"), 0, undefined, db)),
    ...(await findByKeys(pick(contacts, "weak"), 0, author, db)),
    ...(await findByKeys(namesakes, now - TODAY_MS, author, db)),
  ];
  const isFirst = ({ leadId }: (typeof found)[number], index: number) =>
    index === found.findIndex((row) => row.leadId === leadId);
  const others = found
    .filter(isFirst)
    .filter(({ leadId }) => leadId !== typed.except)
    .slice(0, MATCHES_SHOWN);
  const foreign = others.filter(({ authorId }) => author !== undefined && authorId !== author);
  const isHidden = await findHidden(
    user,
    foreign.map(({ leadId }) => leadId),
    db,
    now,
  );
  const has = (kind: string) => keys.some((key) => key.startsWith(kind));
  const exactContacts = toContacts({
    phone: has(keyKinds.phone) ? toPhone(typed.phone, usedCountry) : null,
    telegram: has(keyKinds.telegram) ? telegram : null,
    email: typed.email,
  });
  return duplicatesSchema.parse({
    wasErased: (await findErasure(exactContacts, db)) === null ? undefined : true,
    isCapped: others.some(({ leadId }) => isHidden(leadId)) || undefined,
    matches: others
      .filter(({ leadId }) => !isHidden(leadId))
      .map(({ authorId, name, surname, ...match }) => {
        const isForeign = author !== undefined && authorId !== author;
        const title = toTitle({ name, surname });
        return { ...match, title: isForeign ? null : title, leadId: isForeign ? null : match.leadId };
      }),
  });
}

/** What of it is over the seller's limit of the day. */
async function findHidden(
  user: Person,
  found: string[],
  db: Db,
  now: number,
): Promise<(one: string) => boolean> {
  if (user.role !== "seller" || found.length === 0) return () => false;
  const shown = await limitFound(user.id, found, db, now);
  return (one) => found.includes(one) && !shown.has(one);
}

function toMatchReasons(key: string): [string, MatchReason][] {
  if (key.startsWith(keyKinds.telegram)) return [[key, { strength: "exact", by: "telegram" }]];
  if (key.startsWith(keyKinds.email)) return [[key, { strength: "exact", by: "email" }]];
  if (key.startsWith(keyKinds.digits)) return [[key, { strength: "weak", by: "phone" }]];
  if (!key.startsWith(keyKinds.phone)) return [];
  // Many people share one switchboard, so the extension must be the same too.
  const [number = "", extension] = key.slice(keyKinds.phone.length).split("x");
  const neighbours = extension ? new Map([[number, undefined]]) : toNeighbours(number);
  return [
    [key, { strength: "exact", by: "phone" }],
    [keyKinds.switchboard + number, { strength: "weak", by: "phone" }],
    ...[...neighbours].map(([other, why]): [string, MatchReason] => [
      keyKinds.phone + other,
      { strength: "weak", by: "phone", why },
    ]),
  ];
}

/** A single word is the name of too many people. */
function toNamesakes({ name, surname }: Typed): [string, MatchReason][] {
  const words = toWords(`${name} ${surname}`);
  const reason = { strength: "weak", by: "name", why: "same_name_today" } as const;
  return words.length < 2 ? [] : [[keyKinds.name + words.join(" "), reason]];
}

function pick(
  reasons: Map<string, MatchReason>,
  strength: MatchReason["strength"],
): Map<string, MatchReason> {
  return new Map([...reasons].filter(([, reason]) => reason.strength === strength));
}

async function findByKeys(
  reasons: Map<string, MatchReason>,
  since: number,
  author: string | undefined,
  db: Db,
) {
  if (reasons.size === 0) return [];
  const rows = await db
    .selectFrom((from) =>
      from
        .selectFrom("lead_keys")
        .select(["key", "lead_id", "at"])
        .where("key", "in", [...reasons.keys()])
        .where("at", ">=", since)
        .$if(author !== undefined, (query) =>
          query.where((where) =>
            where.exists(
              where
                .selectFrom("leads as own")
                .select("own.id")
                .whereRef("own.id", "=", "lead_keys.lead_id")
                .where("own.author_id", "=", author ?? ""),
            ),
          ),
        )
        .orderBy("at", "desc")
        .limit(MAX_ROWS)
        .as("found"),
    )
    .innerJoin("leads", "leads.id", "found.lead_id")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(["found.key", "leads.id as leadId", "leads.author_id as authorId", "people.name as author"])
    .select("people.role as authorRole")
    .select(["leads.created_at as createdAt", "leads.state", "leads.outcome", "leads.name", "leads.surname"])
    .orderBy("found.at", "desc")
    .execute();
  return rows.map(({ key, authorRole, ...row }) => ({
    ...row,
    byForm: authorRole === FORM_ROLE,
    ...reasons.get(key),
  }));
}

/**
 * Undefined when this person asks too fast. Whose contact it is stays in Kommo, unless the lead will be added to it: then its
 * author has to know to whom. `account`: how to reach the one that our leads are in, and the names of its users by their ids.
 */
export async function findKommoContacts(
  phone: string,
  user: Person,
  aborted: AbortSignal,
  account: { connect: Connect; listUserNames: (db: Db) => Promise<Map<number, string>> },
  db: Db = getDb(),
  now = Date.now(),
): Promise<KommoContacts | undefined> {
  if (!countRequest(`${user.id} kommo`)) return undefined;
  const found = await findContactsInTime(phone, aborted, account.connect, db);
  const toFoundName = ({ id }: FoundContact) => `kommo ${id}`;
  const isHidden = await findHidden(user, found.contacts.map(toFoundName), db, now);
  const shown = found.contacts.filter((contact) => !isHidden(toFoundName(contact)));
  const attaches = shown.some(({ isExact }) => isExact) && (await isAttaching(db));
  const users = attaches ? await account.listUserNames(db) : new Map<number, string>();
  return {
    isSilent: found.isSilent,
    contacts: shown.map(({ id, name, userId, isExact, url }) => {
      const attachable = attaches && isExact;
      const owner = users.get(userId ?? 0) ?? null;
      return { contactId: id, url, ...(attachable ? { name, owner } : { name: null, owner: null }) };
    }),
    ...(shown.length < found.contacts.length && { isCapped: true }),
  };
}

const WINDOW_MS = 10_000;
// Fast typing causes at most five requests a second. Going through a list of numbers is faster.
const MAX_REQUESTS = 60;
const MAX_PEOPLE = 10_000;

const requestTimes = new Map<string, number[]>();

/** False for a while after 60 requests within 10 s. The hint is for typing, not for trying out numbers. */
export function countRequest(who: string, now = Date.now()): boolean {
  const recent = (requestTimes.get(who) ?? []).filter((at) => at > now - WINDOW_MS);
  if (recent.length >= MAX_REQUESTS) return false;
  if (requestTimes.size > MAX_PEOPLE) requestTimes.clear();
  requestTimes.set(who, [...recent, now]);
  return true;
}
