import "server-only";
import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import type { AuditAction } from "./schema";

export type AuditEntry = {
  /** Who did it; null is the terminal, or somebody unknown at the door. */
  person_id: string | null;
  action: AuditAction;
  /** The person to whom it was done. */
  subject_id?: string;
  lead_id?: string;
  detail?: string;
};

/** In the transaction of what it tells of: neither happens without the other. */
export async function writeAudit(entry: AuditEntry, tx: Db, now: number): Promise<void> {
  await tx
    .insertInto("audit")
    .values({ id: randomUUID(), at: now, ...entry })
    .execute();
}
