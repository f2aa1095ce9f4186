import "server-only";
import type { Db } from "@/lib/db/client";
import { inChunks } from "@/lib/domain/in-chunks";

const CONTACT_FIELDS = ["phone", "email", "telegram"] as const;
type Contacts = Record<(typeof CONTACT_FIELDS)[number], string | null>;

// SQLite takes 32,766 values in one statement.
const IDS_AT_ONCE = 10_000;

export type ReadOwnRecords = ReturnType<typeof readOwnRecords>;

/** Reads what our database says of Kommo's ids. */
export function readOwnRecords(db: Db) {
  return {
    /** Which of these ids are leads of ours, with the keys of their contacts. */
    async findOurs(ids: number[]) {
      const ours = new Map<number, string[]>();
      for (const some of inChunks(ids, IDS_AT_ONCE)) {
        const rows = await db
          .selectFrom("leads")
          .select(["kommo_lead_id", ...CONTACT_FIELDS])
          .where("kommo_lead_id", "in", some)
          .execute();
        for (const row of rows) ours.set(row.kommo_lead_id ?? 0, toContactKeys(row));
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
    /** The lowest of a lead that was sent after it. */
    async firstAfter(time: number) {
      const row = await db
        .selectFrom("leads")
        .select("kommo_lead_id")
        .where("kommo_lead_id", "is not", null)
        .where("sent_at", ">", time)
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
        .where("outcome", "in", ["incoming", "declined"])
        .orderBy("kommo_lead_id", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && { id: row.id, kommoLeadId: row.kommoLeadId ?? 0 };
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
