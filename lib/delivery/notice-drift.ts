import "server-only";
import { z } from "zod";
import { tryRefresh } from "@/lib/account/refresh-catalogue";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { type RefusedField, refusedFieldSchema } from "@/lib/domain/lead/schema";
import { moveLeads } from "@/lib/leads/transitions";
import { listFindings } from "@/lib/published-mapping/queries";
import type { ClaimedLead } from "./claim";

/** A field, an option or a pipeline that Kommo does not know any more is refused like this (docs/kommo-api.md §4). */
const GONE = "NotSupportedChoice";
const OF_THE_MAPPING = /custom_fields_values|pipeline_id/;

const detailSchema = z.array(refusedFieldSchema);

/**
 * After a delivery: a refusal that smells of a change in Kommo is a reason to look at once what has changed. Leads refused
 * for that alone go again, without the value or set aside; it is not their seller's to mend.
 */
export async function noticeDrift(
  leads: ClaimedLead[],
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<void> {
  const refused = await listRefused(leads, db);
  const suspects = refused.filter(({ fields }) => fields.every(isSuspect));
  if (suspects.length === 0 || !(await tryRefresh({}, db, now))) return;

  const broken = (await listFindings(db)).filter(({ breaks }) => breaks).map(({ place }) => place);
  const freed = suspects.filter(({ fields }) => fields.some((field) => broken.includes(toPlace(field))));
  if (freed.length === 0) return;
  await moveLeads("resend", { problem: null, problem_detail: null, due_at: now() }, db)
    .where(
      "id",
      "in",
      freed.map(({ id }) => id),
    )
    .where("state", "=", "needs_fix")
    .execute();
}

async function listRefused(leads: ClaimedLead[], db: Db): Promise<{ id: string; fields: RefusedField[] }[]> {
  if (leads.length === 0) return [];
  const rows = await db
    .selectFrom("leads")
    .select(["id", "problem_detail as detail"])
    .where(
      "id",
      "in",
      leads.map(({ id }) => id),
    )
    .where("state", "=", "needs_fix")
    .execute();
  return rows.map(({ id, detail }) => ({ id, fields: detailSchema.parse(JSON.parse(detail ?? "[]")) }));
}

function isSuspect({ code, path }: RefusedField): boolean {
  return code === GONE && OF_THE_MAPPING.test(path);
}

function toPlace({ field, key, path }: RefusedField): string {
  return field ?? key ?? (path.includes("pipeline_id") ? "pipeline" : "parkIn");
}
