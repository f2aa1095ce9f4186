import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { toTitle } from "@/lib/domain/lead/to-title";
import type { AuditFilter, AuditLine } from "./schema";
import { toDayStart } from "./to-day-start";
import { toDetail } from "./to-detail";

const PAGE = 50;

/** Newest first. `next` is the start of the next page. */
export async function listAudit(filter: AuditFilter, db: Db = getDb()) {
  const { person, action, from, to, zone } = filter;
  const before = toKey(filter.before);
  const rows = await db
    .selectFrom("audit")
    .leftJoin("people as who", "who.id", "audit.person_id")
    .leftJoin("people as subject", "subject.id", "audit.subject_id")
    .leftJoin("leads", "leads.id", "audit.lead_id")
    .select(["audit.id", "audit.at", "audit.action", "audit.detail", "audit.person_id", "audit.subject_id"])
    .select(["who.name as who", "subject.name as subject", "leads.id as lead_id"])
    .select(["leads.name as lead_name", "leads.surname as lead_surname"])
    .$if(person !== undefined, (query) =>
      query.where((where) =>
        where.or([where("audit.person_id", "=", person ?? ""), where("audit.subject_id", "=", person ?? "")]),
      ),
    )
    .$if(action !== undefined, (query) => query.where("audit.action", "=", action ?? ""))
    .$if(from !== undefined, (query) => query.where("audit.at", ">=", toDayStart(from ?? "", zone)))
    .$if(to !== undefined, (query) => query.where("audit.at", "<", toDayStart(to ?? "", zone, 1)))
    .$if(before !== undefined, (query) =>
      query.where((where) =>
        where(where.refTuple("audit.at", "audit.id"), "<", where.tuple(before?.at ?? 0, before?.id ?? "")),
      ),
    )
    .orderBy("audit.at", "desc")
    .orderBy("audit.id", "desc")
    .limit(PAGE + 1)
    .execute();

  const entries = rows.slice(0, PAGE).map(
    (row): AuditLine => ({
      id: row.id,
      at: row.at,
      action: row.action,
      who: row.who,
      subject: row.subject_id === row.person_id ? null : row.subject,
      isOwn: row.subject_id !== null && row.subject_id === row.person_id,
      lead:
        row.lead_id === null
          ? null
          : { id: row.lead_id, title: toTitle({ name: row.lead_name, surname: row.lead_surname }) },
      detail: toDetail(row.action, row.detail),
    }),
  );
  const last = rows.length > PAGE ? entries.at(-1) : undefined;
  return { entries, next: last && `${last.at}_${last.id}` };
}

const PORTION = 1000;

/** The log since that time (epoch ms) for other programs, oldest first, in portions: it may have millions of lines. */
export async function* streamAudit(since: number, db: Db = getDb()) {
  for (let last = { at: since, id: "" }; ; ) {
    const rows = await listSince(last, db);
    for (const { at, person_id, who, subject_id, whom, lead_id, ...row } of rows) {
      yield {
        id: row.id,
        at: new Date(at).toISOString(),
        action: row.action,
        person: person_id === null ? null : { id: person_id, email: who },
        // A form has no e-mail: its id stands there.
        subject: subject_id === null ? null : { id: subject_id, email: whom === subject_id ? null : whom },
        leadId: lead_id,
        detail: toDetail(row.action, row.detail),
      };
    }
    last = rows.at(-1) ?? last;
    if (rows.length < PORTION) return;
  }
}

function listSince({ at, id }: { at: number; id: string }, db: Db) {
  return db
    .selectFrom("audit")
    .leftJoin("people as who", "who.id", "audit.person_id")
    .leftJoin("people as subject", "subject.id", "audit.subject_id")
    .select(["audit.id", "audit.at", "audit.action", "audit.person_id", "audit.subject_id"])
    .select(["audit.lead_id", "audit.detail", "who.email as who", "subject.email as whom"])
    .where((where) => where(where.refTuple("audit.at", "audit.id"), ">", where.tuple(at, id)))
    .orderBy("audit.at")
    .orderBy("audit.id")
    .limit(PORTION)
    .execute();
}

function toKey(before: string | undefined): { at: number; id: string } | undefined {
  const [at, id] = before?.split("_") ?? [];
  return at && id ? { at: Number(at), id } : undefined;
}
