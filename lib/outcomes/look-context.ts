import "server-only";
import type { Db } from "@/lib/db/client";
import type { Stages } from "@/lib/domain/outcome/stages";
import { AppError } from "@/lib/errors";
import { getAccount } from "@/lib/kommo/catalogue";
import type { CallOptions } from "@/lib/kommo/client";
import { isForbidden } from "@/lib/kommo/problem";
import { log } from "@/lib/log";

/** What a look works with. `kommoNow`: Kommo's clock at its last answer, ours before; both in epoch milliseconds. */
export type LookContext = { options: CallOptions; stages: Stages; db: Db; now: number; kommoNow: number };

/**
 * Answers with a failure that concerns only what was asked. Throws it where Kommo wants silence or the desk stops. Where the
 * account refuses us too, throws that: it is the connection.
 */
export async function pardon(error: unknown, options: CallOptions): Promise<AppError> {
  if (!(error instanceof AppError) || options.signal?.aborted) throw error;
  if (error.code === "too_many_requests") throw error;
  log.warn({ code: error.code }, "a look at outcomes was refused");
  if (error.kind === "connection" && !isForbidden(error)) await getAccount(options);
  return error;
}
