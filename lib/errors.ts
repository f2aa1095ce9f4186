/** What a failure means for the lead. Its message is `errors.<code>` in messages/. */
export type ErrorKind = "temporary" | "connection" | "this lead" | "unclear" | "yours";

export const errorKinds = {
  signed_out: "yours",
  forbidden: "yours",
  not_found: "yours",
  invalid: "yours",
  link_spent: "yours",
  already_left: "yours",
  mapping_conflict: "yours",
  mapping_unsound: "yours",
  routing_conflict: "yours",
  routing_unsound: "yours",
  attaching_untried: "yours",
  catalogue_missing: "yours",
  read_only: "yours",
  being_sent: "yours",
  last_admin: "yours",
  passwords_off: "yours",
  proof_needed: "yours",
  factor_needed: "yours",
  wait: "yours",
  settings: "yours",
  database_newer: "yours",
  disk_full: "yours",
  unreachable: "temporary",
  busy: "temporary",
  too_many_requests: "temporary",
  lease_lost: "temporary",
  token_refused: "connection",
  plan_unpaid: "connection",
  blocked: "connection",
  scope_missing: "connection",
  account_missing: "connection",
  other_account: "connection",
  not_connected: "connection",
  seal_broken: "connection",
  no_pipeline: "connection",
  grant_expired: "connection",
  grant_revoked: "connection",
  access_refused: "connection",
  integration_disabled: "connection",
  integration_wrong: "connection",
  redirect_wrong: "connection",
  mapping_broken: "this lead",
  refused: "this lead",
  not_accepted: "this lead",
  unsendable: "this lead",
  unclear: "unclear",
  merged: "unclear",
  changed_meanwhile: "yours",
  code_expired: "yours",
  code_spent: "yours",
  code_wrong: "yours",
  state_spent: "yours",
  access_denied: "yours",
  address_foreign: "yours",
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorKinds;

/** Of a text that a database has kept, perhaps of a newer version. */
export function isErrorCode(text: string | null): text is ErrorCode {
  return text !== null && Object.hasOwn(errorKinds, text);
}

type AppErrorOptions = {
  message?: string;
  cause?: unknown;
  /** Message keys by field. */
  fields?: Record<string, string>;
  /** For parsing and the log, never for display. */
  detail?: unknown;
};

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: Record<string, string> | undefined;
  readonly detail: unknown;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.fields = options.fields;
    this.detail = options.detail;
  }

  get kind(): ErrorKind {
    return errorKinds[this.code];
  }
}

/** Returns a foreseen failure as a value and throws everything else. */
export function keepForeseen(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}
