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
  "sign_on_linked",
  "email_changed",
  "factor_awaited",
  "factor_added",
  "factor_removed",
  "passkey_renamed",
  "factor_reset",
  "factor_rules_changed",
  "recovery_codes_made",
  "recovery_code_used",
  "proof_refused",
  "delivery_paused",
  "delivery_resumed",
  "connection_tried",
  "lead_edited",
  "lead_fixed",
  "lead_withdrawn",
  "lead_sent_now",
  "lead_resent",
  "lead_handed_back",
  "lead_settled",
  "lead_released",
  "lead_discarded",
  "difference_accepted",
  "connection_set",
  "hook_set",
  "mapping_published",
  "routing_published",
  "recipient_paused",
  "recipient_resumed",
  "recipient_used_again",
  "attaching_tried",
  "attaching_switched_on",
  "attaching_switched_off",
  "test_lead_sent",
  "leads_exported",
  "proof_exported",
  "leads_searched",
  "lookups_capped",
  "leads_erased",
  "retention_changed",
  "form_added",
  "form_changed",
  "form_paused",
  "form_resumed",
  "form_key_rotated",
  "form_secret_added",
  "form_secret_removed",
  "consent_changed",
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
    how: z.enum(["password", "oidc", "totp", "code", "passkey"]),
    reason: z.string(),
    /** Roles, or the days of a list that was exported. */
    from: z.string(),
    to: z.string(),
    version: z.number(),
    /** The older version that was published again. */
    restored: z.number(),
    count: z.number(),
    end: z.enum(["done", "stopped", "failed"]),
    kommoLeadId: z.nullable(z.number()),
    kommoUserId: z.number(),
    problem: z.string(),
    /** The address of an account of Kommo. */
    account: z.string(),
    /** Null: for ever. */
    keepDays: z.nullable(z.number()),
    // Of a list that was exported or searched: how it was narrowed, never the words.
    format: z.string(),
    state: z.string(),
    source: z.string(),
    author: z.string(),
    sort: z.string(),
    searched: z.boolean(),
    /** The roles that must have a second factor, and whether single sign-on counts as a password does. */
    required: z.string(),
    afterSignOn: z.boolean(),
    chosen: z.number(),
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
