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
  /** Empty until the person has chosen one. */
  password_hash: string;
  created_at: number;
  disabled_at: number | null;
  locale: string | null;
  theme: string | null;
  last_sign_in_at: number | null;
  /** Sessions carry it; raising it ends them. */
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
  /** Why it was sent although its person was known: one of `reasons`. */
  anyway: string | null;
  state: string;
  due_at: number;
  tries: number;
  problem: string | null;
  problem_detail: string | null;
  sent_at: number | null;
  /** After a restore: it was sent, if at all, at some time from `sent_at` to this. */
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
  /** The name as leads are sorted by it. */
  name_key: Generated<string>;
  /** When its rest ended, as it was taken to be sent. */
  ready_at: number | null;
  /** From the first key to the press that sent it, where the form could tell. */
  entry_ms: number | null;
};

/** What a lead is found by: see lead-keys.ts. `at` and `author_id` repeat the lead's, which never change. */
export type LeadKeysTable = {
  lead_id: string;
  key: string;
  at: number;
  author_id: string;
};

/** Of each word of any lead's name its ends, so that the middle of a word finds the word: see name-parts.ts. */
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
  /** A person's id, or null for the mapping made at the first start. */
  published_by: string | null;
};

/** One row: the mapping as it is being edited, and the version it began from. */
export type MappingDraftsTable = {
  id: string;
  body: string;
  based_on: number;
  saved_at: number;
  saved_by: string;
};

/** One row, where an admin has stored the connection; the settings' own is not in here. */
export type ConnectionsTable = {
  id: string;
  base_url: string;
  token_sealed: string;
  last_four: string;
  expires_at: number | null;
  set_by: string;
  set_at: number;
};

/** One row: what Kommo listed last, when it was tried, and how the published mapping differs from it. */
export type CataloguesTable = {
  id: string;
  body: string | null;
  fetched_at: number | null;
  tried_at: number | null;
  problem: string | null;
  findings: string;
};

/** One row: the last test lead. */
export type TestLeadsTable = {
  id: string;
  at: number;
  person_id: string;
  result: string;
};

/** One row: who sends for this database, whether it rests (Kommo's doing) or is paused (a person's). */
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

/** One row: how many days leads are kept after they are done with; null is for ever. */
export type RetentionTable = {
  id: string;
  keep_days: number | null;
};

/** That leads were erased, and by whom; `person_id` is null where it was the term. Nothing of the leads. */
export type ErasuresTable = {
  id: string;
  at: number;
  person_id: string | null;
  lead_count: number;
};

/** Keyed hashes of phones, handles and e-mails of erased leads: they answer "known", and nothing else. */
export type ErasedContactsTable = {
  hash: string;
  at: number;
};

/** At most one row, from a restore to the next start: leads are looked up in Kommo before they are sent. */
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

/** Those that stand: one that was ended has no row, and its times end the others. */
export type SessionsTable = {
  id: string;
  person_id: string;
  /** Its name and its system's, as far as it told. */
  browser: string | null;
  since: number;
  seen_at: number;
};
