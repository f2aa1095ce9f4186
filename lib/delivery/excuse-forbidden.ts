import "server-only";
import { AppError } from "@/lib/errors";
import { getAccount } from "@/lib/kommo/catalogue";
import type { CallOptions } from "@/lib/kommo/client";
import { isForbidden } from "@/lib/kommo/problem";
import { log } from "@/lib/log";

/**
 * A token may deliver leads and not read them: answers where Kommo still tells its account, and throws any other failure. A
 * block refuses the account too: that is thrown, as it is the connection.
 */
export async function excuseForbidden(error: unknown, options: CallOptions): Promise<undefined> {
  if (!(error instanceof AppError && isForbidden(error))) throw error;
  await getAccount(options);
  log.warn({ code: error.code }, "Kommo does not let this token read leads");
}
