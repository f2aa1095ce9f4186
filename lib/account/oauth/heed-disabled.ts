import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { tellTime } from "@/lib/clock";
import { findGrant } from "@/lib/connection/find-grant";
import { noteDisabled } from "@/lib/connection/mutations";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError, keepForeseen } from "@/lib/errors";
import { log } from "@/lib/log";
import { haltOnWord } from "@/lib/queue/halt";
import type { DisabledHook } from "./schema";

/** Ignored: signed by our integration, for another account of it, or told a moment ago. */
type Heeded = "halted" | "ignored" | "refused";

/**
 * Kommo tells that somebody has disabled the integration (docs/kommo-api.md §7.4). The queue halts at once, and the next round
 * asks Kommo whether it is so: the address has no time in it, so that whoever has seen it once can send it again.
 */
export async function heedDisabled(
  { account_id = "", client_uuid, client_id, signature = "" }: DisabledHook,
  db: Db = getDb(),
  now = tellTime(),
): Promise<Heeded> {
  const { kommo } = getEnv();
  // A long-lived token of the settings opens the account, whatever becomes of the integration.
  if (kommo.connection && !kommo.isOwnPractice) return "refused";
  const grant = await findGrant(db).catch(keepForeseen);
  if (!grant || grant instanceof AppError) return "refused";
  const { clientId, clientSecret } = grant.integration;
  const told = client_uuid || client_id;
  const expected = createHmac("sha256", clientSecret).update(`${clientId}|${account_id}`).digest();
  if (told !== clientId || !isSame(expected, signature)) return "refused";
  const { account_id: own } = await db.selectFrom("sender").select("account_id").executeTakeFirstOrThrow();
  if (String(own) !== account_id || !(await noteDisabled(clientId, db, now))) return "ignored";
  await haltOnWord("integration_disabled", db, now);
  log.error(
    { code: "integration_disabled" },
    "Kommo says that the integration is disabled: the queue is halted, leads are safe",
  );
  return "halted";
}

/** In constant time: how long it takes tells nothing of the signature. */
function isSame(expected: Buffer, signature: string): boolean {
  const given = Buffer.from(signature, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
