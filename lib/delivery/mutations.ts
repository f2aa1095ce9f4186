import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import { tellTime } from "@/lib/clock";
import { lockInForce } from "@/lib/connection/lock-in-force";
import { type Db, getDb } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import { AppError, keepForeseen } from "@/lib/errors";
import type { Connection } from "@/lib/kommo/schema";
import { moveLeads } from "@/lib/leads/transitions";
import { WATCHED_MS } from "./constants";
import { lockLastId, noteLastId } from "./last-lead-id";
import { type Seen, type Settlement, type Unchanged, undecidedProblems } from "./schema";

const DECIDED_AT_ONCE = 5;

// Nothing of its earlier tries counts any more.
const AFRESH = { problem: null, tries: 0, settles_at: null, batch_limit: null, failed_alone: 0 };

/** Puts leads that wait for a person back into the queue. Answers those that decideEach leaves as they are. */
export async function resendLeads(
  leads: Seen[],
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<Unchanged[]> {
  return decideEach(leads, (seen) =>
    db.transaction().execute(async (tx) => {
      // The unconfirmed copy may still turn up.
      const watched = seen.sentAt === null ? {} : { watch_until: now + WATCHED_MS };
      await changeSeen(seen, "resend", { ...AFRESH, ...watched, due_at: now }, tx);
      await writeAudit({ person_id: personId, action: "lead_resent", lead_id: seen.id }, tx, now);
    }),
  );
}

/**
 * Lets their authors correct leads that wait for the admin. Those that may be in Kommo stay, too: what is corrected is sent
 * as a new lead.
 */
export async function handBackLeads(
  leads: Seen[],
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<Unchanged[]> {
  return decideEach(leads, (seen) =>
    db.transaction().execute(async (tx) => {
      await refuseUndecided(seen.id, tx);
      await changeSeen(seen, "hand_back", { ...AFRESH, problem: "handed_back" }, tx);
      await writeAudit({ person_id: personId, action: "lead_handed_back", lead_id: seen.id }, tx, now);
    }),
  );
}

async function refuseUndecided(id: string, tx: Db): Promise<void> {
  const lead = await tx.selectFrom("leads").select("problem").where("id", "=", id).executeTakeFirst();
  if (lead?.problem && undecidedProblems.includes(lead.problem)) throw new AppError("changed_meanwhile");
}

/**
 * Each lead by itself, so that one which a colleague was faster with does not hold up the others. Answers those that are no
 * longer as that person saw them, which stay as they are: what was decided on a stale page could double them.
 */
export async function decideEach<S extends Seen>(
  leads: S[],
  decide: (lead: S) => Promise<void>,
): Promise<Unchanged[]> {
  const unchanged: Unchanged[] = [];
  // Each waits for the disk.
  for await (const some of inTurns(leads, DECIDED_AT_ONCE)) {
    for (const lead of some) {
      const failure = await decide(lead).then(() => undefined, keepForeseen);
      if (failure) unchanged.push({ id: lead.id, reason: failure.fields?.kommoLeadId ?? failure.code });
    }
  }
  return unchanged;
}

/**
 * A person has found the lead in Kommo. Throws `invalid` when the id belongs to another lead of ours already, be it that
 * lead's second copy, unless Kommo may have merged the two, and `changed_meanwhile` when the lead is no longer as that person saw
 * it, or an admin has replaced the connection by which the id was asked for.
 */
export async function settleLead(
  { kommoLeadId, ...seen }: Settlement,
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
  asked?: Connection,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (asked && !(await lockInForce(asked, tx))) throw new AppError("changed_meanwhile");
    await lockLastId(tx);
    const others = await tx
      .selectFrom("leads")
      .select(["id", "problem"])
      .where((eb) =>
        eb.or([
          eb("kommo_lead_id", "=", kommoLeadId),
          eb("twin_id", "=", kommoLeadId),
          eb("id", "=", seen.id),
        ]),
      )
      .execute();
    const isMerged = others.some(({ id, problem }) => id === seen.id && problem === "merged");
    const isTaken = others.some(({ id }) => id !== seen.id);
    if (isTaken && !isMerged) throw new AppError("invalid", { fields: { kommoLeadId: "id_taken" } });

    const settled = { problem: null, kommo_lead_id: kommoLeadId, confirmed_at: now, look_at: now };
    await changeSeen(seen, "settle", settled, tx);
    await noteLastId([kommoLeadId], tx);
    const detail = { kommoLeadId };
    await writeAudit({ person_id: personId, action: "lead_settled", lead_id: seen.id, detail }, tx, now);
  });
}

async function changeSeen(
  { id, state, sentAt }: Seen,
  transition: "resend" | "settle" | "hand_back",
  columns: Parameters<typeof moveLeads>[1],
  tx: Db,
): Promise<void> {
  const { numUpdatedRows } = await moveLeads(transition, { ...columns, problem_detail: null }, tx)
    .where("id", "=", id)
    .where("state", "=", state)
    .where("sent_at", sentAt === null ? "is" : "=", sentAt)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new AppError("changed_meanwhile");
}
