import "server-only";
import type { CountryCode } from "libphonenumber-js";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import type { Lead } from "./schema";
import { toPhone } from "./to-phone";
import { toTelegram } from "./to-telegram";

type Rules = { holdMs: number; defaultCountry: CountryCode };

/** Returns after the commit. A double click is one lead, because the form minted the id. */
export async function createLead(
  lead: Lead,
  authorId: string,
  db: Db = getDb(),
  now = Date.now(),
  rules: Rules = getEnv(),
): Promise<void> {
  await db
    .insertInto("leads")
    .values({
      ...toRow(lead, rules.defaultCountry),
      author_id: authorId,
      state: "held",
      due_at: now + rules.holdMs,
      tries: 0,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

function toRow(lead: Lead, country: CountryCode) {
  const { id, ...fields } = lead;
  const typed = { ...fields, phone_raw: lead.phone };
  const normal = { ...typed, phone: toPhone(lead.phone, country), telegram: toTelegram(lead.telegram) };
  return { id, ...nullForEmpty(normal) };
}

function nullForEmpty<T extends Record<string, string>>(fields: T) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value === "" ? null : value]),
  ) as { [K in keyof T]: string | null };
}
