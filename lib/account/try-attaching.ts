import "server-only";
import { randomUUID } from "node:crypto";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { isLookedUp } from "@/lib/domain/lead/known-client";
import { toPhone } from "@/lib/domain/lead/phone";
import { toTestId } from "@/lib/domain/lead/test-id";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { toSampleLead, toTestMapping } from "@/lib/domain/mapping/payload/to-sample-lead";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { lookUp } from "@/lib/known-clients/look-up";
import { saveTrial } from "@/lib/known-clients/mutations";
import type { AttachTrial } from "@/lib/known-clients/schema";
import { sendIncomingLeads } from "@/lib/kommo/incoming-leads";
import { isForbidden } from "@/lib/kommo/problem";
import type { Connection } from "@/lib/kommo/schema";
import { findDefaultCountry, findMapping, type PublishedMapping } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { requireBoundConnection } from "./bind-account";

const TIMEOUT_MS = 20_000;

/**
 * One test lead for the contact with this phone: it shows whether this account adds it there, which no document promises
 * for incoming leads (docs/kommo-api.md §1.1). Throws what callKommo throws when Kommo cannot be asked at all,
 * and `changed_meanwhile` where an admin has replaced the connection before it was over.
 */
export async function tryAttaching(
  phone: string,
  personId: string,
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<void> {
  try {
    await saveTrial(await tryWith(phone, db, now), personId, db, now());
  } catch (error) {
    // A token may deliver leads and not read contacts: a trial must not stop the queue.
    if (error instanceof AppError && !isForbidden(error)) await adjustToAnswer(error, undefined, db, now());
    throw error;
  }
}

/** `asked`: the connection that the trial has been made by. */
async function tryWith(
  typed: string,
  db: Db,
  now: () => number,
): Promise<{ trial: AttachTrial; asked: Connection | undefined }> {
  const published = await findMapping(db);
  if (!published) return { trial: { at: now(), leadUrl: null, result: "no_mapping" }, asked: undefined };
  const connection = await requireBoundConnection(db, now);
  const asked = { ...connection };
  return { trial: await tryBy(connection, typed, published, db, now), asked };
}

async function tryBy(
  connection: Connection,
  typed: string,
  published: PublishedMapping,
  db: Db,
  now: () => number,
): Promise<AttachTrial> {
  const tried = { at: now(), leadUrl: null };
  const phone = toPhone(typed, await findDefaultCountry(db));
  if (!isLookedUp(phone)) return { ...tried, result: "no_number" };
  const found = await lookUp(phone, { connection, signal: AbortSignal.timeout(TIMEOUT_MS), now, db });
  const [contact, another] = found.filter(({ isExact }) => isExact);
  if (!contact) return { ...tried, result: "no_contact" };
  if (another) return { ...tried, result: "several" };

  const about = { id: toTestId(randomUUID()), createdAt: now(), page: `${getEnv().appUrl}/admin/routing` };
  const sample = { ...toSampleLead(published.mapping, about), contactId: contact.id };
  const item = toIncomingLead(sample, toTestMapping(published.mapping));
  try {
    const slot = () => takeSlot({ lane: "people", db, now });
    const arrival = (await sendIncomingLeads([item], { slot, connection })).get(item.request_id);
    if (!arrival) return { ...tried, result: "unclear" };
    const leadUrl = `${connection.baseUrl}/leads/detail/${arrival.leadId}`;
    return { ...tried, leadUrl, result: arrival.contactId === contact.id ? "ok" : "ignored" };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.kind === "unclear") return { ...tried, result: "unclear" };
    if (error.code === "refused") return { ...tried, result: "refused" };
    throw error;
  }
}
