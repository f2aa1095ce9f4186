import "server-only";
import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";

export type AuditEntry = { person_id: string; action: string; lead_id?: string; detail?: string };

/** In the transaction of what it tells of: neither happens without the other. */
export async function writeAudit(entry: AuditEntry, tx: Db, now: number): Promise<void> {
  await tx
    .insertInto("audit")
    .values({ id: randomUUID(), at: now, ...entry })
    .execute();
}
