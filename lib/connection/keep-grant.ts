import "server-only";
import { tellTime } from "@/lib/clock";
import type { Db } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { findGrant, type Grant } from "./find-grant";
import { noteIntegrationWorks } from "./mutations";
import { type Recovering, recoverGrant } from "./recover-grant";

const MINUTE_MS = 60_000;
const TRIED_AGAIN_MS = 5 * MINUTE_MS;

/**
 * Renews a connection of OAuth some hours before its token ends, whether or not anything is sent: an unused grant ends after
 * three months (docs/kommo-api.md §7.2). A failure is tried again by and by; it halts nothing, as the token still works. Where
 * a person is needed, admins are warned on every page, as of a token that ends (findTokenWarning).
 */
export async function keepGrant(
  db: Db,
  now: () => number = tellTime,
  options: Partial<Recovering> = {},
): Promise<void> {
  const { kommo } = getEnv();
  // Nothing is sent by the grant that an admin has given before.
  if (kommo.connection && !kommo.isOwnPractice) return;
  try {
    const grant = await findGrant(db);
    if (grant?.disabledAt) await noteIntegrationWorks(db, now());
    if (grant && isDue(grant, now()))
      await recoverGrant(grant.connection, "token_refused", { ...options, db, now });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const level = error.kind === "connection" ? "error" : "warn";
    log[level]({ code: error.code }, "the connection to Kommo was not renewed in time");
  }
}

/** A renewal in the future was written by a clock that has been set back since, and says nothing of the end. */
function isDue({ renewAt, renewedAt, triedAt }: Grant, now: number): boolean {
  const isTried = triedAt !== null && Math.abs(now - triedAt) < TRIED_AGAIN_MS;
  return !isTried && (now >= renewAt || now < renewedAt - MINUTE_MS);
}
