import "server-only";
import { tellTime } from "@/lib/clock";
import type { Db } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import type { Outcome } from "@/lib/domain/lead/states";

const CONTACT_FIELDS = ["phone", "email", "telegram"] as const;
type Contacts = Record<(typeof CONTACT_FIELDS)[number], string | null>;

// SQLite finds twice so many ids within some milliseconds: as first copies and as second ones.
const IDS_AT_ONCE = 500;

const STANDING_ASKED = 10;
// Among so many of the newest there is one with our id, or none of this time.
const NEWEST_READ = 200;
const SHOWN_AFTER_MS = 5 * 60_000;
const GONE: Outcome[] = ["declined", "deleted", "merged"];

export type ReadOwnRecords = ReturnType<typeof readOwnRecords>;

/** Reads what our database says of Kommo's ids. `now` in epoch milliseconds. */
export function readOwnRecords(db: Db, now = tellTime()) {
  return {
    /** Which of these ids are leads of ours, second copies included, with the keys of their contacts. */
    async findOurs(ids: number[]) {
      const ours = new Map<number, string[]>();
      for await (const some of inTurns(ids, IDS_AT_ONCE)) {
        for (const column of ["twin_id", "kommo_lead_id"] as const) {
          const rows = await db
            .selectFrom("leads")
            .select([column, ...CONTACT_FIELDS])
            .where(column, "in", some)
            .execute();
          for (const row of rows) ours.set(row[column] ?? 0, toContactKeys(row));
        }
      }
      return ours;
    },
    /** Kommo's ids grow: the highest of ours from before a time (epoch ms). */
    async lastBefore(time: number) {
      const row = await db
        .selectFrom("leads")
        .select("kommo_lead_id")
        .where("kommo_lead_id", "is not", null)
        .where("confirmed_at", "<", time)
        .orderBy("kommo_lead_id", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.kommo_lead_id ?? 0;
    },
    /** The lowest above an id of one that was typed after a time (epoch ms); what a person has found may be older. */
    async firstAfter(time: number, aboveId: number) {
      const row = await db
        .selectFrom("leads")
        .select("kommo_lead_id")
        .where("kommo_lead_id", ">", aboveId)
        .where("kommo_uid", "is not", null)
        .where("created_at", ">", time)
        .orderBy("kommo_lead_id")
        .limit(1)
        .executeTakeFirst();
      return row?.kommo_lead_id ?? Number.POSITIVE_INFINITY;
    },
    /** The newest of ours that people in Kommo have not accepted. */
    async findNewestUnaccepted() {
      const row = await db
        .selectFrom("leads")
        .select(["id", "kommo_lead_id as kommoLeadId"])
        .where("kommo_lead_id", "is not", null)
        // Written so that SQLite goes by Kommo's ids: by outcomes it would read and sort all of both.
        .where(({ eb, fn, val }) => eb(fn.coalesce("outcome", val("")), "in", ["incoming", "declined"]))
        .orderBy("kommo_lead_id", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && { id: row.id, kommoLeadId: row.kommoLeadId ?? 0 };
    },
    /** Kommo's ids of the newest of ours that should stand there, and long enough for its lists to show them. */
    async listNewestStanding() {
      const rows = await db
        .selectFrom("leads")
        .select("kommo_lead_id")
        .where("kommo_lead_id", "is not", null)
        .where("confirmed_at", "<", now - SHOWN_AFTER_MS)
        // By Kommo's ids, as above.
        .where(({ eb, fn, val }) => eb(fn.coalesce("outcome", val("")), "not in", GONE))
        .orderBy("kommo_lead_id", "desc")
        .limit(STANDING_ASKED)
        .execute();
      return rows.flatMap(({ kommo_lead_id }) => kommo_lead_id ?? []);
    },
    /** The newest of ours that should stand there with our id in one of these fields of Kommo. */
    async listNewestCarrying(fieldIds: ReadonlySet<number>) {
      const rows = await db
        .selectFrom("leads")
        .select(["id", "kommo_lead_id as kommoLeadId", "sent_reference as fieldId"])
        .where("kommo_lead_id", "is not", null)
        .where("confirmed_at", "<", now - SHOWN_AFTER_MS)
        .where(({ eb, fn, val }) => eb(fn.coalesce("outcome", val("")), "not in", GONE))
        .orderBy("kommo_lead_id", "desc")
        .limit(NEWEST_READ)
        .execute();
      const carrying = rows.filter(({ fieldId }) => fieldId !== null && fieldIds.has(fieldId));
      return carrying
        .slice(0, STANDING_ASKED)
        .map(({ id, kommoLeadId }) => ({ id, kommoLeadId: kommoLeadId ?? 0 }));
    },
    /** Of the leads of one request, those that Kommo may have taken. */
    async countSentAt(sentAt: number) {
      const row = await db
        .selectFrom("leads")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("sent_at", "=", sentAt)
        .where("state", "!=", "needs_fix")
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
  };
}

export function toContactKeys(lead: Contacts): string[] {
  return CONTACT_FIELDS.flatMap((field) => lead[field] ?? []);
}
