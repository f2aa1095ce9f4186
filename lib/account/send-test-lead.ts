import "server-only";
import { randomUUID } from "node:crypto";
import { writeAudit } from "@/lib/audit/mutations";
import { tellTime } from "@/lib/clock";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { toTestId } from "@/lib/domain/lead/test-id";
import type { IncomingLead } from "@/lib/domain/mapping/payload/incoming-lead";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { toRefusedFields } from "@/lib/domain/mapping/payload/to-refused-fields";
import { toSampleLead, toTestMapping } from "@/lib/domain/mapping/payload/to-sample-lead";
import type { Mapping, TestResult } from "@/lib/domain/mapping/schema";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { sendIncomingLeads } from "@/lib/kommo/incoming-leads";
import type { Refusal } from "@/lib/kommo/schema";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { takeSlot } from "@/lib/rate-limit/take-slot";

const ID = "kommo";

/**
 * One made-up lead by that mapping, published or not, marked as a test in its name and tag. What became of it is kept for
 * the page; nothing is sent a second time.
 */
export async function sendTestLead(
  mapping: Mapping,
  personId: string,
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<void> {
  const connection = await getConnection(db, now);
  const about = { id: toTestId(randomUUID()), createdAt: now(), page: `${getEnv().appUrl}/admin/kommo` };
  const item = toIncomingLead(toSampleLead(mapping, about), toTestMapping(mapping));
  const result = await send(
    item,
    mapping,
    { slot: () => takeSlot({ lane: "people", db, now }), connection },
    db,
    now,
  );
  await db.transaction().execute(async (tx) => {
    const row = { at: result.at, person_id: personId, result: JSON.stringify(result) };
    await tx
      .insertInto("test_leads")
      .values({ id: ID, ...row })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
      .execute();
    const detail = result.problem ? { problem: result.problem } : { kommoLeadId: result.kommoLeadId };
    await writeAudit({ person_id: personId, action: "test_lead_sent", detail }, tx, result.at);
  });
}

async function send(
  item: IncomingLead,
  mapping: Mapping,
  options: Parameters<typeof sendIncomingLeads>[1],
  db: Db,
  now: () => number,
): Promise<TestResult> {
  const failed = { kommoLeadId: null, url: null, refused: [] };
  try {
    const arrival = (await sendIncomingLeads([item], options)).get(item.request_id);
    if (!arrival) return { ...failed, at: now(), problem: "unclear" };
    const url = `${options.connection.baseUrl}/leads/detail/${arrival.leadId}`;
    return { at: now(), kommoLeadId: arrival.leadId, url, problem: null, refused: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await adjustToAnswer(error, undefined, db, now());
    const errors = error.code === "refused" ? toErrors(error.detail as Refusal) : [];
    return { ...failed, at: now(), problem: error.code, refused: toRefusedFields(errors, item, mapping) };
  }
}

function toErrors(refusal: Refusal) {
  return refusal.flatMap(({ errors }) => errors);
}
