import "server-only";
import pino from "pino";

/** One line of JSON per event. Events carry ids, codes and figures; never what a person typed. */
export const log = pino({
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: toTrace },
});

// Errors of the database drivers carry the values of a row in other properties.
function toTrace(error: unknown) {
  return error instanceof Error ? { name: error.name, stack: error.stack } : { name: typeof error };
}
