import "server-only";
import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import type { AuditAction, AuditDetail } from "./schema";

export type AuditEntry = {
  /** Null for the command line and for unknown people at sign-in. */
  person_id: string | null;
  action: AuditAction;
  /** The person to whom it was done. */
  subject_id?: string;
  lead_id?: string;
  detail?: AuditDetail;
};

/** In the transaction of the change, so that neither is written without the other. */
export async function writeAudit({ detail, ...entry }: AuditEntry, tx: Db, now: number): Promise<void> {
  await tx
    .insertInto("audit")
    .values({ id: randomUUID(), at: now, ...entry, detail: detail && JSON.stringify(detail) })
    .execute();
}
