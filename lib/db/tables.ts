import type { ColumnType, Generated } from "kysely";

/** Two column types serve both databases: text and whole numbers. Times are epoch milliseconds. */
export type Tables = {
  people: PeopleTable;
  one_time_links: OneTimeLinksTable;
  leads: LeadsTable;
  lead_keys: LeadKeysTable;
  name_parts: NamePartsTable;
  attempts: AttemptsTable;
  attempt_leads: AttemptLeadsTable;
  mappings: MappingsTable;
  mapping_drafts: MappingDraftsTable;
  connections: ConnectionsTable;
  catalogues: CataloguesTable;
  test_leads: TestLeadsTable;
  sender: SenderTable;
  rate_lanes: RateLanesTable;
  audit: AuditTable;
  retention: RetentionTable;
  erasures: ErasuresTable;
  erased_contacts: ErasedContactsTable;
  restore_point: RestorePointTable;
  sign_in_limits: SignInLimitsTable;
  sessions: SessionsTable;
};

export type PeopleTable = {
  id: string;
  email: string;
  name: string;
  role: string;
  /** Empty until chosen. */
  password_hash: string;
  created_at: number;
  disabled_at: number | null;
  locale: string | null;
  theme: string | null;
  last_sign_in_at: number | null;
  /** Sessions carry this number. Raising it ends them. */
  session_version: Generated<number>;
};

export type OneTimeLinksTable = {
  token_hash: string;
  purpose: string;
  person_id: string | null;
  expires_at: number;
  used_at: number | null;
};

export type LeadsTable = {
  id: ColumnType<string, string, never>;
  author_id: string;
  name: string | null;
  surname: string | null;
  phone: string | null;
  phone_raw: string | null;
  telegram: string | null;
  source: string | null;
  email: string | null;
  profession: string | null;
  education: string | null;
  income: string | null;
  utm_medium: string | null;
  utm_campaign: string | null;
  utm_content: string | null;
  utm_term: string | null;
  referrer: string | null;
  /** Why it was sent although it may be a duplicate: one of `reasons`. */
  anyway: string | null;
  state: string;
  due_at: number;
  tries: number;
  problem: string | null;
  problem_detail: string | null;
  sent_at: number | null;
  /** After a restore: if the lead was sent, it was between `sent_at` and this time. */
  sent_until: number | null;
  outcome: string | null;
  outcome_read_at: number | null;
  mapping_version: number | null;
  kommo_uid: string | null;
  kommo_lead_id: number | null;
  kommo_contact_id: number | null;
  created_at: ColumnType<number, number, never>;
  confirmed_at: number | null;
  custom: string | null;
  parked: string | null;
  name_key: Generated<string>;
  /** When the hold ended, as it was when the lead was claimed. */
  ready_at: number | null;
  entry_ms: number | null;
  /** The epoch of the lease under which it was claimed last: the fence of every change that a delivery makes. */
  claim_epoch: number | null;
  /** The highest id of Kommo that we knew when it was sent: its own is higher, as Kommo's ids grow. */
  sent_above_id: number | null;
  /** After it was sent again: until then (epoch ms) Kommo is watched for a second copy. */
  watch_until: number | null;
  /** The id of that second copy. */
  twin_id: number | null;
  /** In the desk's uptime: before this moment its absence from Kommo proves nothing. */
  settles_at: number | null;
  /** In how large a batch it may go; null is as large as any. Halved after a batch without an answer. */
  batch_limit: number | null;
  /** How often it went alone and Kommo did not answer. */
  failed_alone: Generated<number>;
};

/** See lib/domain/lead/search-keys.ts. `at` and `author_id` repeat columns that never change. */
export type LeadKeysTable = {
  lead_id: string;
  key: string;
  at: number;
  author_id: string;
};

/** The suffixes of every word in lead names, for searching in the middle of a word (name-parts.ts). */
export type NamePartsTable = {
  part: string;
  word: string;
};

export type AttemptsTable = {
  id: string;
  started_at: number;
  duration_ms: number;
  lead_count: number;
  outcome: string;
  status: number | null;
  response: string | null;
};

export type AttemptLeadsTable = {
  attempt_id: string;
  lead_id: string;
  request: string;
};

export type MappingsTable = {
  version: number;
  body: string;
  published_at: number;
  /** Null for the mapping created at the first start. */
  published_by: string | null;
};

/** One row: the mapping that is being edited, and the version it is based on. */
export type MappingDraftsTable = {
  id: string;
  body: string;
  based_on: number;
  saved_at: number;
  saved_by: string;
};

/** One row, if an admin has stored a connection. A connection in the settings is not stored here. */
export type ConnectionsTable = {
  id: string;
  base_url: string;
  token_sealed: string;
  last_four: string;
  expires_at: number | null;
  set_by: string;
  set_at: number;
};

/** One row: the last catalogue, when it was read, and how the published mapping differs from it. */
export type CataloguesTable = {
  id: string;
  body: string | null;
  fetched_at: number | null;
  tried_at: number | null;
  problem: string | null;
  findings: string;
};

export type TestLeadsTable = {
  id: string;
  at: number;
  person_id: string;
  result: string;
};

/** One row: which process sends, and whether the queue is halted (by Kommo) or paused (by a person). */
export type SenderTable = {
  id: string;
  account: string | null;
  account_id: number | null;
  account_mark: string | null;
  holder: string | null;
  lease_ends: number;
  paused_at: number | null;
  paused_by: string | null;
  rest_code: string | null;
  rest_since: number | null;
  probe_at: number | null;
  probes: number;
  last_success: number | null;
  /** Raised whenever another holder takes the lease. */
  epoch: Generated<number>;
  /** Milliseconds that desks have been running on this database. Unlike a clock it never jumps. */
  uptime_ms: Generated<number>;
  /** How many leads go in one request at the most: halved after a batch without an answer, one more after each success. */
  batch_limit: Generated<number>;
};

/** One row for each lane of the rate limiter, for all processes. */
export type RateLanesTable = {
  lane: string;
  last_start: Generated<number>;
  /** After a 429: at least so much between two starts; 0 where the lane's own gap is enough. */
  gap_ms: Generated<number>;
  closed_until: Generated<number>;
  /** How long the silence was when it began: one that ends later than this from now is of a wrong clock. */
  silence_ms: Generated<number>;
  /** The minute (of epoch) of the last start, and how many slots were taken in it and in the one before. */
  minute: Generated<number>;
  taken: Generated<number>;
  taken_before: Generated<number>;
};

export type AuditTable = {
  id: string;
  at: number;
  person_id: string | null;
  action: string;
  subject_id: string | null;
  lead_id: string | null;
  detail: string | null;
};

/** One row: how many days finished leads are kept; null means forever. */
export type RetentionTable = {
  id: string;
  keep_days: number | null;
};

/** The fact of each erasure, without anything of the leads. `person_id` is null when the retention period ended. */
export type ErasuresTable = {
  id: string;
  at: number;
  person_id: string | null;
  lead_count: number;
};

/** Keyed hashes of the phones, handles and e-mails of erased leads. They answer only whether a contact was erased. */
export type ErasedContactsTable = {
  hash: string;
  at: number;
};

/** At most one row, between a restore and the next start, which verifies the leads first. */
export type RestorePointTable = {
  id: string;
  restored_at: number | null;
};

export type SignInLimitsTable = {
  key: string;
  failures: number;
  failed_at: number;
  blocked_until: number;
  forget_at: number;
};

/** Live sessions only. A session that was ended has no row; others end by their times. */
export type SessionsTable = {
  id: string;
  person_id: string;
  browser: string | null;
  since: number;
  seen_at: number;
};
