import * as z from "zod/mini";

/** Each action has its message in `audit.actions` of messages/. */
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

/** A malformed value filters nothing. */
const lenient = <S extends z.ZodMiniType>(schema: S) => z.catch(z.optional(schema), undefined);

export const auditFilterSchema = z.object({
  person: lenient(z.uuid()),
  action: lenient(z.enum(auditActions)),
  from: lenient(z.iso.date()),
  to: lenient(z.iso.date()),
  /** The browser's time zone, in which days start. */
  zone: lenient(z.string().check(z.maxLength(64))),
  before: lenient(z.string().check(z.regex(/^\d{1,15}_[0-9a-f-]{36}$/))),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditDetailSchema = z.partial(
  z.object({
    address: z.string(),
    how: z.enum(["password", "oidc"]),
    reason: z.string(),
    from: z.string(),
    to: z.string(),
  }),
);
export type AuditDetail = z.infer<typeof auditDetailSchema>;

export type AuditLine = {
  id: string;
  at: number;
  action: string;
  who: string | null;
  /** The person to whom it was done, if somebody else did it. */
  subject: string | null;
  isOwn: boolean;
  lead: { id: string; title: string } | null;
  detail: AuditDetail;
};
