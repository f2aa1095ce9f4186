import "server-only";
import { setImmediate } from "node:timers/promises";
import { findCatalogue } from "@/lib/account/queries";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { toKnownZone } from "@/lib/domain/known-zone";
import { leadFields } from "@/lib/domain/lead/fields";
import { toCustom } from "@/lib/domain/lead/schema";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import type { Mapping } from "@/lib/domain/mapping/schema";
import { compareRoutings } from "@/lib/domain/routing/compare-routings";
import { toLocalDay } from "@/lib/domain/routing/hours";
import { listDriftingUsers } from "@/lib/domain/routing/list-drifting-users";
import { toUserName } from "@/lib/domain/routing/route-leads";
import { type KnownUser, NO_ROUTING, type Routing } from "@/lib/domain/routing/schema";
import { type Trial, tryRouting } from "@/lib/domain/routing/try-routing";
import { getAttaching, hasAttachingEnded, toKnown } from "@/lib/known-clients/queries";
import { FORM_ROLE } from "@/lib/people/schema";
import { findForm, findMapping } from "@/lib/published-mapping/queries";
import { findRouting, toRouting } from "@/lib/published-routing/queries";
import type { RecipientState, RoutingDesk } from "./schema";

const VERSIONS_SHOWN = 30;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const MOST_TRIED = 10_000;

/** The users of the account; undefined where they were never read, or may not be. */
export function listKnownUsers(catalogue: Catalogue | undefined): KnownUser[] | undefined {
  if (!catalogue || !Array.isArray(catalogue.users)) return undefined;
  return catalogue.users.map(({ id, name, email, isActive, group }) => ({
    id,
    name,
    email,
    isActive,
    group,
  }));
}

/** The time zone of the account, in which hours and days count, as it is in Kommo now; UTC for one that nobody knows here. */
export function toAccountZone(catalogue: Catalogue | undefined, mapping: Mapping | undefined): string {
  return toKnownZone(catalogue?.account.timeZone ?? mapping?.timeZone ?? "UTC");
}

export async function getAccountZone(db: Db = getDb()): Promise<string> {
  return toAccountZone(await findCatalogue(db), (await findMapping(db))?.mapping);
}

/** Which user of Kommo each of these people is: as an admin has said, else the one of the same e-mail. */
export async function listUsersOfAuthors(
  ids: string[],
  users: KnownUser[] | undefined,
  db: Db = getDb(),
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const people = await db
    .selectFrom("people")
    .select(["id", "email", "kommo_user_id"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  const byEmail = new Map(users?.map(({ id, email }) => [email.trim().toLowerCase(), id]));
  return new Map(
    people.flatMap(({ id, email, kommo_user_id }) => {
      const user = kommo_user_id ?? byEmail.get(email);
      return user === undefined ? [] : [[id, user] as const];
    }),
  );
}

/** Everything that the page of the distribution shows to this person. Only an admin has a draft. */
export async function getRoutingDesk(
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<RoutingDesk> {
  const versions = await listRoutingVersions(db);
  const published = versions[0] ?? null;
  const catalogue = await findCatalogue(db);
  const { mapping } = (await findMapping(db)) ?? {};
  const form = await findForm(db);
  const zone = toAccountZone(catalogue, mapping);
  const users = listKnownUsers(catalogue);
  const routing = published?.routing ?? NO_ROUTING;
  const toName = (id: number) => toUserName(id, users, routing);
  return {
    zone,
    version: published?.version ?? 0,
    routing,
    draft: await findRoutingDraft(personId, db),
    users: users ?? null,
    recipients: await listRecipients(users, routing, toLocalDay(now, zone), db),
    sources: form?.sources ?? [],
    isFreeSource: form?.isFreeSource ?? true,
    lists: (form?.custom ?? []).flatMap(({ key, label, options }) =>
      options.length === 0 ? [] : [{ key, label, options }],
    ),
    authors: await listAuthors(db),
    forms: await listForms(db),
    attaching: await getAttaching(db),
    versions: versions.map(({ routing: body, ...version }, index) => ({
      ...version,
      differences: compareRoutings(versions[index + 1]?.routing ?? NO_ROUTING, body, toName),
    })),
    withoutRecipient: await countWithoutRecipient(now - WEEK_MS, db),
  };
}

async function listRoutingVersions(db: Db) {
  const rows = await db
    .selectFrom("routings")
    .leftJoin("people", "people.id", "routings.published_by")
    .select(["version", "body", "published_at as publishedAt", "people.name as publishedBy"])
    .orderBy("version", "desc")
    .limit(VERSIONS_SHOWN)
    .execute();
  return rows.map(({ body, ...row }) => ({ ...row, routing: toRouting(body) }));
}

export async function findRoutingVersion(version: number, db: Db = getDb()): Promise<Routing | undefined> {
  const row = await db
    .selectFrom("routings")
    .select("body")
    .where("version", "=", version)
    .executeTakeFirst();
  return row && toRouting(row.body);
}

async function findRoutingDraft(personId: string, db: Db): Promise<RoutingDesk["draft"]> {
  const row = await db
    .selectFrom("routing_drafts")
    .select(["body", "based_on as basedOn"])
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row ? { routing: toRouting(row.body), basedOn: row.basedOn } : null;
}

/** All who can be named, and those who are named already: with whether they get leads now. */
async function listRecipients(
  users: KnownUser[] | undefined,
  routing: Routing,
  day: string,
  db: Db,
): Promise<RecipientState[]> {
  const rows = await db
    .selectFrom("recipients")
    .leftJoin("people", "people.id", "recipients.paused_by")
    .select(["user_id", "paused_at", "refused_at", "people.name as pausedBy"])
    .execute();
  const counts = await db
    .selectFrom("recipient_days")
    .select(["user_id", "leads"])
    .where("day", "=", day)
    .execute();
  const named = [
    ...routing.pools.flatMap(({ members }) => members.map(({ userId }) => userId)),
    ...routing.people.map(({ userId }) => userId),
  ];
  const ids = new Set([...(users ?? []).map(({ id }) => id), ...named]);
  return [...ids].map((userId) => {
    const row = rows.find(({ user_id }) => user_id === userId);
    return {
      userId,
      name: toUserName(userId, users, routing),
      pausedAt: row?.paused_at ?? null,
      pausedBy: row?.pausedBy ?? null,
      refusedAt: row?.refused_at ?? null,
      today: counts.find(({ user_id }) => user_id === userId)?.leads ?? 0,
    };
  });
}

async function listAuthors(db: Db): Promise<RoutingDesk["authors"]> {
  const rows = await db
    .selectFrom("people")
    .select(["id", "name"])
    .where("disabled_at", "is", null)
    .where("role", "<>", FORM_ROLE)
    .orderBy("name")
    .execute();
  return rows.map(({ id, name }) => ({ id, name }));
}

/** Website forms, of which a rule can name single ones. */
async function listForms(db: Db): Promise<RoutingDesk["forms"]> {
  const rows = await db
    .selectFrom("intake_forms")
    .innerJoin("people", "people.id", "intake_forms.id")
    .select(["people.id", "people.name"])
    .orderBy("people.name")
    .execute();
  return rows.map(({ id, name }) => ({ id, name }));
}

/** For the badge in the navigation: of whom the published rules name, how many get no leads, and whether adding has ended. */
export async function countRoutingDrift(db: Db = getDb()): Promise<number> {
  const published = await findRouting(db).catch(() => undefined);
  const refused = await db
    .selectFrom("recipients")
    .select("user_id")
    .where("refused_at", "is not", null)
    .execute();
  const users = published && listKnownUsers(await findCatalogue(db));
  const ids = refused.map(({ user_id }) => user_id);
  const drifting = listDriftingUsers(published?.routing, users, ids);
  return drifting.length + ((await hasAttachingEnded(db)) ? 1 : 0);
}

/** Leads in Kommo whose rule found nobody, or could not be followed. */
async function countWithoutRecipient(since: number, db: Db): Promise<number> {
  const row = await db
    .selectFrom("leads")
    .select((eb) => eb.fn.countAll<number>().as("leads"))
    .where("created_at", ">", since)
    .where("state", "=", "confirmed")
    .where("route_user", "is", null)
    .where((eb) =>
      eb.or([
        eb("route_refused_at", "is not", null),
        eb("route", "like", '%"why":"nobody_free"%'),
        eb("route", "like", '%"why":"fault"%'),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(row.leads);
}

/** What these rules would have done with the newest leads of the last seven days, at most ten thousand. */
export async function tryOnLastWeek(routing: Routing, db: Db = getDb(), now = tellTime()): Promise<Trial> {
  const rows = await db
    .selectFrom("leads")
    .select([...leadFields, "id", "custom", "author_id as authorId", "route_user as given"])
    .select(["through", "language", "known"])
    .select((eb) => eb.fn.coalesce("ready_at", "created_at").as("at"))
    .where("created_at", ">", now - WEEK_MS)
    .where("state", "<>", "withdrawn")
    .orderBy("created_at", "desc")
    .limit(MOST_TRIED)
    .execute();
  const leads = rows
    .map((row) => ({ ...row, custom: toCustom(row.custom) }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const { mapping } = (await findMapping(db)) ?? {};
  const catalogue = await findCatalogue(db);
  const users = listKnownUsers(catalogue);
  const zone = toAccountZone(catalogue, mapping);
  const userOfAuthor = await listUsersOfAuthors(
    leads.map(({ authorId }) => authorId),
    users,
    db,
  );
  return tryRouting(
    leads,
    { routing, users, userOfAuthor, zone, sources: mapping?.sources ?? [], owners: toOwners(rows) },
    { toName: (id) => toUserName(id, users, routing), pause: setImmediate },
  );
}

/** Of leads whose contact Kommo had. */
function toOwners(rows: { id: string; known: string | null }[]): Map<string, number> {
  return new Map(
    rows.flatMap(({ id, known }) => {
      const owner = toKnown(known)?.contact?.userId;
      return owner ? [[id, owner] as const] : [];
    }),
  );
}

/** Which user of Kommo this person is, and since when (epoch ms) and by whom their leads are paused. */
export async function findOwnRecipient(personId: string, db: Db = getDb()) {
  const users = listKnownUsers(await findCatalogue(db));
  const userId = (await listUsersOfAuthors([personId], users, db)).get(personId);
  if (userId === undefined) return undefined;
  const { routing = NO_ROUTING } = (await findRouting(db)) ?? {};
  const row = await db
    .selectFrom("recipients")
    .leftJoin("people", "people.id", "recipients.paused_by")
    .select(["paused_at", "paused_by", "people.name as pausedBy"])
    .where("user_id", "=", userId)
    .executeTakeFirst();
  const pausedAt = row?.paused_at ?? null;
  return {
    ...{ userId, name: toUserName(userId, users, routing), pausedAt, pausedBy: row?.pausedBy ?? null },
    isPausedByOther: pausedAt !== null && row?.paused_by !== personId,
  };
}

/** For the person's page: who can be chosen, and who is. */
export async function getUserChoice(personId: string, db: Db = getDb()) {
  const users = listKnownUsers(await findCatalogue(db));
  const row = await db
    .selectFrom("people")
    .select(["email", "kommo_user_id"])
    .where("id", "=", personId)
    .executeTakeFirst();
  const sameEmail = users?.find(({ email }) => email.trim().toLowerCase() === row?.email);
  return {
    users: users?.map(({ id, name }) => ({ id, name })) ?? null,
    chosen: row?.kommo_user_id ?? null,
    byEmail: sameEmail ? { id: sameEmail.id, name: sameEmail.name } : null,
  };
}
