import "server-only";
import type { ConnectionState } from "@/lib/connection/schema";
import { type Db, getDb } from "@/lib/db/client";
import { type Catalogue, catalogueSchema } from "@/lib/domain/mapping/catalogue";
import { findKommoContacts } from "@/lib/duplicates/queries";
import type { Person } from "@/lib/people/schema";
import { requireBoundConnection } from "./bind-account";

const ID = "kommo";

/** What Kommo listed last; undefined before the first time. */
export async function findCatalogue(db: Db = getDb()): Promise<Catalogue | undefined> {
  const row = await db.selectFrom("catalogues").select("body").where("id", "=", ID).executeTakeFirst();
  return row?.body ? parse(row.body) : undefined;
}

// A large account takes longer to parse than to read: the same text is the same catalogue, which nobody changes.
let last: { body: string; catalogue: Catalogue } | undefined;

function parse(body: string): Catalogue {
  if (last?.body !== body) last = { body, catalogue: catalogueSchema.parse(JSON.parse(body)) };
  return last.catalogue;
}

/** What the users of the account are called, by their ids; none where they may not be read. */
export async function listUserNames(db: Db = getDb()): Promise<Map<number, string>> {
  const users = (await findCatalogue(db))?.users;
  return new Map(Array.isArray(users) ? users.map(({ id, name }) => [id, name]) : []);
}

/** The contacts of the account that our leads are in, for who types this phone (findKommoContacts). */
export function findAccountContacts(phone: string, user: Person, aborted: AbortSignal, db: Db = getDb()) {
  return findKommoContacts(phone, user, aborted, { connect: requireBoundConnection, listUserNames }, db);
}

/** When it was fetched, when it was last tried (epoch ms), and the code of what went wrong then. */
export async function findCatalogueState(db: Db = getDb()) {
  const row = await db
    .selectFrom("catalogues")
    .select(["fetched_at as fetchedAt", "tried_at as triedAt", "problem"])
    .where("id", "=", ID)
    .executeTakeFirst();
  // Rows of node:sqlite have no prototype, and such objects cannot be handed to the browser.
  return { fetchedAt: null, triedAt: null, problem: null, ...row };
}

/** The last success and the last failure of any request to Kommo. */
export async function findConnectionNews(
  db: Db = getDb(),
): Promise<Pick<ConnectionState, "lastSuccess" | "lastError">> {
  const { fetchedAt, triedAt, problem } = await findCatalogueState(db);
  const sender = await db
    .selectFrom("sender")
    .select(["last_success", "rest_code", "rest_since"])
    .executeTakeFirstOrThrow();
  const errors = [
    ...(problem === null ? [] : [{ code: problem, at: triedAt ?? 0 }]),
    ...(sender.rest_code === null ? [] : [{ code: sender.rest_code, at: sender.rest_since ?? 0 }]),
  ];
  return {
    lastSuccess: Math.max(fetchedAt ?? 0, sender.last_success ?? 0) || null,
    lastError: errors.sort((a, b) => b.at - a.at)[0] ?? null,
  };
}
