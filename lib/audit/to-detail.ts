import { type AuditDetail, auditDetailSchema } from "./schema";

/** The words that lines of older versions had in place of JSON, by their action. */
const FORMER: Record<string, (text: string) => AuditDetail> = {
  mapping_published: (text) => {
    const [version, restored] = text.split(" from ").map(Number);
    return { version, ...(restored !== undefined && { restored }) };
  },
  leads_erased: (text) => ({ count: Number(text) }),
  lead_settled: (text) => ({ kommoLeadId: Number(text) }),
  test_lead_sent: (text) => (/^\d+$/.test(text) ? { kommoLeadId: Number(text) } : { problem: text }),
  connection_set: (text) => ({ account: text }),
  retention_changed: (text) => ({ keepDays: text === "for ever" ? null : Number.parseInt(text, 10) }),
};

/** What a line of the log says beside its action. Of a line that cannot be read, nothing. */
export function toDetail(action: string, text: string | null): AuditDetail {
  if (text === null) return {};
  return auditDetailSchema.safeParse(text.startsWith("{") ? toJson(text) : FORMER[action]?.(text)).data ?? {};
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
