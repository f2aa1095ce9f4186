import { z } from "zod";

/** Each has its sentence in `audit.actions` of messages/. */
export const auditActions = [
  "signed_in",
  "sign_in_failed",
  "sign_in_refused",
  "signed_out",
  "password_changed",
  "session_ended",
  "sessions_ended",
  "person_added",
  "person_invited",
  "person_changed",
  "role_changed",
  "person_disabled",
  "person_enabled",
  "reset_link_made",
  "delivery_paused",
  "delivery_resumed",
  "connection_tried",
  "lead_edited",
  "lead_fixed",
  "lead_withdrawn",
  "lead_sent_now",
  "lead_resent",
  "lead_settled",
  "connection_set",
  "mapping_published",
  "test_lead_sent",
  "leads_exported",
  "leads_erased",
  "retention_changed",
] as const;
export type AuditAction = (typeof auditActions)[number];

const daySchema = z.iso.date().optional().catch(undefined);

/** What stands in the address of the log's page; whatever is malformed filters nothing. */
export const auditFilterSchema = z.object({
  person: z.uuid().optional().catch(undefined),
  action: z.enum(auditActions).optional().catch(undefined),
  from: daySchema,
  to: daySchema,
  /** The browser's time zone, in which the days begin. */
  zone: z.string().max(64).optional().catch(undefined),
  before: z
    .string()
    .regex(/^\d{1,15}_[0-9a-f-]{36}$/)
    .optional()
    .catch(undefined),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** What an entry adds to its sentence. */
export const auditDetailSchema = z
  .object({
    address: z.string(),
    how: z.enum(["password", "oidc"]),
    reason: z.string(),
    from: z.string(),
    to: z.string(),
  })
  .partial();
export type AuditDetail = z.infer<typeof auditDetailSchema>;

/** A line of the log as the page shows it. */
export type AuditLine = {
  id: string;
  at: number;
  action: string;
  who: string | null;
  /** Whom it was done to, when that is not who did it. */
  subject: string | null;
  isOwn: boolean;
  lead: { id: string; title: string } | null;
  detail: AuditDetail;
};
