import "server-only";
import type { ComplexLead } from "@/lib/domain/mapping/payload/to-complex-lead";
import { AppError } from "@/lib/errors";
import { type CallOptions, callKommo } from "./client";
import type { Arrival } from "./incoming-leads";
import { parseRecords } from "./parse-records";
import { complexAnswerSchema, complexItemSchema, type Refusal } from "./schema";

const OF_LEAD = /^(?:\d+\.)?(custom_fields_values(?:\.|$))/;

/**
 * Posts up to 50 leads under duplicate control and answers with each arrival by its `request_id`: several that were sent may
 * be one lead there, and `isMerged` tells that another one had made it before. No uid comes back (docs/kommo-api.md §5.4).
 * Throws as callKommo does, with the paths of a rejection as for incoming leads.
 */
export async function sendComplexLeads(
  leads: ComplexLead[],
  options: CallOptions,
): Promise<Map<string, Arrival>> {
  const route = { method: "POST", path: "/leads/complex" } as const;
  const list = await callKommo(route, complexAnswerSchema, { ...options, body: leads }).catch(withPaths);
  return new Map(
    parseRecords(complexItemSchema, list).records.flatMap(({ id, contact_id, request_id, merged }) => {
      const arrival = { uid: null, leadId: id, contactId: contact_id ?? null };
      // The first of several has made the lead, if it is new, and the others were merged into it.
      return request_id.map((sent, index): [string, Arrival] => [
        sent,
        { ...arrival, ...((merged || index > 0) && { isMerged: true as const }) },
      ]);
    }),
  );
}

/** A path of the lead itself begins there, where that of an incoming lead leads through `_embedded`. */
function withPaths(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== "refused" || !error.detail) throw error;
  const detail = (error.detail as Refusal).map(({ errors, ...group }) => ({
    ...group,
    errors: errors.map((reason) => ({
      ...reason,
      path: reason.path.replace(OF_LEAD, "_embedded.leads.0.$1"),
    })),
  }));
  throw new AppError(error.code, { cause: error.cause, detail });
}
