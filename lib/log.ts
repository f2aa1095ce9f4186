import "server-only";
import pino from "pino";

/** One line of JSON per event. Events carry ids, codes and figures; never what a person typed. */
export const log = pino({
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: toTrace },
});

// Errors of the database drivers carry the values of a row in other properties.
function toTrace(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error ? error.code : undefined;
  return { name: error.name, code, stack: error.stack, cause: error.cause && toTrace(error.cause) };
}
