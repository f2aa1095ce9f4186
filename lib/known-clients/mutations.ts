import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import { tellTime } from "@/lib/clock";
import { lockInForce } from "@/lib/connection/lock-in-force";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import type { FoundContact } from "@/lib/domain/lead/known-client";
import { AppError } from "@/lib/errors";
import type { Connection } from "@/lib/kommo/schema";
import { HOUR_MS } from "./constants";
import { getAttaching } from "./queries";
import type { AttachTrial, endings } from "./schema";

/** What a lead has before it is decided to which contact it belongs. */
export const UNATTACHED = { known: null, attach_id: null, attach_refused_at: null };

/** What Kommo has just said of a phone. Null, where it did not answer, replaces no answer of the last hour. */
export async function saveLookUp(
  phone: string,
  contacts: FoundContact[] | null,
  db: Db,
  now: number,
): Promise<void> {
  const row = { at: now, contacts: contacts && JSON.stringify(contacts) };
  await db
    .insertInto("contact_lookups")
    .values({ phone, ...row })
    .onConflict((conflict) => {
      const update = conflict.column("phone").doUpdateSet(row);
      if (contacts !== null) return update;
      return update.where((eb) =>
        eb.or([eb("contact_lookups.contacts", "is", null), eb("contact_lookups.at", "<=", now - HOUR_MS)]),
      );
    })
    .execute();
}

/** Contacts of another account are nobody here. */
export async function forgetLookUps(db: Db): Promise<void> {
  await db.deleteFrom("contact_lookups").execute();
}

/** Names and phones of people are not kept for longer than they serve. */
export async function pruneLookUps(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom("contact_lookups")
    .where("at", "<=", now - HOUR_MS)
    .execute();
}

/** These claimed leads go as new contacts from now on (epoch ms), and what Kommo said of their phones counts no more. */
export async function dropContacts(
  ids: string[],
  { now, epoch }: { now: number; epoch: number },
  tx: Db,
): Promise<void> {
  if (ids.length === 0) return;
  const dropped = await tx
    .updateTable("leads")
    .set({ attach_id: null, attach_refused_at: now })
    .where("id", "in", ids)
    .where("claim_epoch", "=", epoch)
    .where("state", "in", ["sending", "checking"])
    .where("attach_id", "is not", null)
    .returning("phone")
    .execute();
  const phones = dropped.flatMap(({ phone }) => phone ?? []);
  if (phones.length > 0) await tx.deleteFrom("contact_lookups").where("phone", "in", phones).execute();
}

/** Kommo's answer shows that this account does not take contacts by their id: later leads go as new ones. */
export async function endAttaching(why: (typeof endings)[number], now: number, tx: Db): Promise<void> {
  await tx
    .updateTable("attaching")
    .set({ on_at: null, ended_at: now, ended_why: why })
    .where("on_at", "is not", null)
    .execute();
}

/**
 * What a trial has shown of the account that the connection opens. It switches nothing on, and what is on off where it failed.
 * Throws `changed_meanwhile` where an admin has replaced that connection since.
 */
export async function saveTrial(
  { trial, asked }: { trial: AttachTrial; asked: Connection | undefined },
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (asked && !(await lockInForce(asked, tx))) throw new AppError("changed_meanwhile");
    const { account_id } = await tx.selectFrom("sender").select("account_id").executeTakeFirstOrThrow();
    await lockRows(tx, tx.selectFrom("attaching").select("id")).executeTakeFirst();
    const { onAt, endedAt, endedWhy } = await getAttaching(tx);
    const isSpoiled = trial.result === "refused" || trial.result === "ignored";
    // An end that a good trial has shown to be over is told no more, nor one of another account.
    const ended = trial.result === "ok" ? {} : { ended_at: endedAt, ended_why: endedWhy };
    await tx
      .updateTable("attaching")
      .set({ account_id, tried_at: now, tried_by: personId, tried_result: JSON.stringify(trial) })
      .set({ on_at: isSpoiled ? null : onAt, ended_at: null, ended_why: null, ...ended })
      .execute();
    const detail = { problem: trial.result === "ok" ? undefined : trial.result };
    await writeAudit({ person_id: personId, action: "attaching_tried", detail }, tx, now);
  });
}

/** Throws `attaching_untried` unless the last trial has shown that this account takes it. */
export async function switchAttaching(
  isOn: boolean,
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockRows(tx, tx.selectFrom("attaching").select("id")).executeTakeFirst();
    const { onAt, trial } = await getAttaching(tx);
    if (isOn && trial?.result !== "ok") throw new AppError("attaching_untried");
    if ((onAt !== null) === isOn) return;
    await tx
      .updateTable("attaching")
      .set({ on_at: isOn ? now : null, ended_at: null, ended_why: null })
      .execute();
    const action = isOn ? "attaching_switched_on" : "attaching_switched_off";
    await writeAudit({ person_id: personId, action }, tx, now);
  });
}
