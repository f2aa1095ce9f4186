import type { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { redact } from "./redact.ts";

/** The request that is being answered. lib/http stores it globally, because Next bundles that code separately. */
const shared = globalThis as typeof globalThis & { leadDeskRequest?: AsyncLocalStorage<string> };

/** One line of JSON for each event. Events carry ids, codes and numbers, and never what a person typed. */
export const log = pino({
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: toTrace },
  mixin: () => ({ request: shared.leadDeskRequest?.getStore() }),
});

// Database drivers put the values of rows into other properties of an error, and parsers put them into its message.
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
