import type { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import type { LoggedRequest } from "./http/log-requests.ts";
import { redact } from "./redact.ts";

const MOST_FRAMES = 20;
const LONGEST_FRAME = 300;
const MOST_CAUSES = 4;

/** The request that is being answered. lib/http stores it globally, because Next bundles that code separately. */
const shared = globalThis as typeof globalThis & { leadDeskRequest?: AsyncLocalStorage<LoggedRequest> };

/** One line of JSON for each event. Events carry ids, codes and numbers, and never what a person typed. */
export const log = pino({
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: (error) => toTrace(error) },
  mixin: () => ({ request: shared.leadDeskRequest?.getStore()?.id }),
  hooks: {
    logMethod(line, method) {
      const request = shared.leadDeskRequest?.getStore();
      if (request && request.linesLeft-- <= 0) return;
      method.apply(this, line);
    },
  },
});

// Database drivers put the values of rows into other properties of an error, and parsers put them into its message.
export function toTrace(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error ? redact(String(error.code)) : undefined;
  const cause = error.cause && depth < MOST_CAUSES ? toTrace(error.cause, depth + 1) : undefined;
  return { name: redact(error.name), code, message: redact(error.message), frames: toFrames(error), cause };
}

/** The stack begins with the message, which may look like frames. */
function toFrames({ message, stack = "" }: Error): string[] {
  return stack
    .slice(stack.indexOf(message) + message.length)
    .split("\n", MOST_FRAMES + 1)
    .filter((line) => /^ +at /.test(line))
    .map((line) => line.trim().slice(0, LONGEST_FRAME));
}
