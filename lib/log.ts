import type { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { redact } from "./redact.ts";

/** The request that is being answered: kept by lib/http, which Next bundles apart. */
const shared = globalThis as typeof globalThis & { leadDeskRequest?: AsyncLocalStorage<string> };

/** One line of JSON per event. Events carry ids, codes and figures; never what a person typed. */
export const log = pino({
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: toTrace },
  mixin: () => ({ request: shared.leadDeskRequest?.getStore() }),
});

// Errors of the database drivers carry the values of a row in other properties, those of parsers in the message.
function toTrace(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error ? error.code : undefined;
  const cause = error.cause && toTrace(error.cause);
  return { name: error.name, code, message: redact(error.message), frames: toFrames(error), cause };
}

function toFrames({ stack = "" }: Error): string[] {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}
