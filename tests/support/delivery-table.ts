import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import type { Lead } from "@/lib/domain/lead/schema";
import type { Mapping } from "@/lib/domain/mapping/schema";
import { createLead } from "@/lib/leads/mutations";
import type { IncomingLeadRecord, Practice } from "@/practice/server";
import { aLead } from "./builders";
import { aDuty, deliverDue } from "./duty";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const UNDER_WAY = ["held", "queued", "sending", "checking"];

/** Time that only goes forward, Kommo's clock, and a clock of ours that may be wrong. */
export function aTime() {
  const began = Date.now();
  let [passedMs, skewMs] = [0, 0];
  return {
    kommo: () => began + passedMs,
    ours: () => began + passedMs + skewMs,
    uptime: () => passedMs,
    pass: (ms: number) => {
      passedMs += ms;
    },
    jump: (ms: number) => {
      skewMs += ms;
    },
  };
}

export type Time = ReturnType<typeof aTime>;
export type Trial = ReturnType<typeof aTrial>;

/** One desk and one Kommo, driven by hand until every lead is confirmed or with a person. */
export function aTrial(db: Db, practice: Practice, author: string, time: Time, mapping: Mapping) {
  const leads: Lead[] = [];

  async function save(count = 1, fields: Partial<Lead> = {}): Promise<Lead[]> {
    const saved = Array.from({ length: count }, (_, index) => {
      const phone = `+7 900 ${String(1_000_000 + leads.length + index).replace(/(...)(..)(..)/, "$1-$2-$3")}`;
      return aLead({ surname: `Петров-${randomUUID().slice(0, 8)}`, phone, ...fields });
    });
    for (const lead of saved) await createLead(lead, author, db, time.ours(), RULES);
    leads.push(...saved);
    return saved;
  }
  async function duty(more: Parameters<typeof aDuty>[2] = {}) {
    return aDuty(db, time.ours, { uptime: time.uptime, ...more });
  }
  async function round(): Promise<void> {
    await deliverDue(await duty());
  }
  async function settle(limitMs = 3 * HOUR_MS): Promise<void> {
    for (const end = time.uptime() + limitMs; time.uptime() < end; ) {
      await round();
      const next = await db
        .selectFrom("leads")
        .select((eb) => eb.fn.min("due_at").as("due"))
        .where("state", "in", UNDER_WAY)
        .executeTakeFirst();
      if (next?.due === null || next?.due === undefined) return;
      time.pass(Math.min(MINUTE_MS, Math.max(2 * SECOND_MS, Number(next.due) - time.ours())));
    }
  }
  function copies({ id }: Lead): IncomingLeadRecord[] {
    return practice.incomingLeads().filter(({ requestId }) => requestId === id);
  }
  /** Settles all, lets Kommo apply what it holds, looks for twins, and counts. */
  async function judge() {
    await settle();
    await practice.control.applyHeld();
    time.pass(10 * MINUTE_MS);
    await round();
    await watchForTwins(db, time.ours);
    const rows = await db.selectFrom("leads").select(["id", "state", "problem", "twin_id"]).execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    const copiesById = Map.groupBy(practice.incomingLeads(), ({ requestId }) => requestId);
    const count = (is: (row: (typeof rows)[number], count: number) => boolean) =>
      leads.filter((lead) => {
        const row = byId.get(lead.id);
        return row === undefined || is(row, copiesById.get(lead.id)?.length ?? 0);
      }).length;
    const isAsked = ({ state }: { state: string }) => state.startsWith("needs_");
    return {
      lost: count((row, there) => there === 0 && !isAsked(row)),
      doubled: count((row, there) => there > 1 && row.twin_id === null),
      flagged: count((row, there) => there > 1 && row.twin_id !== null),
      stuck: count(({ state }) => UNDER_WAY.includes(state)),
      asked: count(isAsked),
    };
  }

  return { db, practice, time, mapping, leads, save, duty, round, settle, copies, judge };
}
