import type { ColumnType, Generated } from "kysely";

/** Two column types serve both databases: text and whole numbers. Times are epoch milliseconds. */
export type Tables = {
  people: PeopleTable;
  one_time_links: OneTimeLinksTable;
  identities: IdentitiesTable;
  lookups: LookupsTable;
  leads: LeadsTable;
  lead_keys: LeadKeysTable;
  name_parts: NamePartsTable;
  attempts: AttemptsTable;
  attempt_leads: AttemptLeadsTable;
  mappings: MappingsTable;
  mapping_drafts: MappingDraftsTable;
  connections: ConnectionsTable;
  grants: GrantsTable;
  oauth_starts: OauthStartsTable;
  kept_integrations: KeptIntegrationsTable;
  catalogues: CataloguesTable;
  test_leads: TestLeadsTable;
  sender: SenderTable;
  rate_lanes: RateLanesTable;
  audit: AuditTable;
  retention: RetentionTable;
  erasures: ErasuresTable;
  erased_contacts: ErasedContactsTable;
  gone_leads: GoneLeadsTable;
  restore_point: RestorePointTable;
  sign_in_limits: SignInLimitsTable;
  sessions: SessionsTable;
  routings: RoutingsTable;
  routing_drafts: RoutingDraftsTable;
  recipients: RecipientsTable;
  turns: TurnsTable;
  recipient_days: RecipientDaysTable;
  intake_forms: IntakeFormsTable;
  intake_secrets: IntakeSecretsTable;
  intake_answers: IntakeAnswersTable;
  intake_requests: IntakeRequestsTable;
  intake_spent: IntakeSpentTable;
  consent_texts: ConsentTextsTable;
  consent_rule: ConsentRuleTable;
  authenticators: AuthenticatorsTable;
  recovery_codes: RecoveryCodesTable;
  passkeys: PasskeysTable;
  factor_rules: FactorRulesTable;
  contact_lookups: ContactLookupsTable;
  attaching: AttachingTable;
  outcome_reading: OutcomeReadingTable;
  kommo_hooks: KommoHooksTable;
  daily_proofs: DailyProofsTable;
  daily_proof_rows: DailyProofRowsTable;
  daily_proof_maker: DailyProofMakerTable;
};

/** Everyone who can be a lead's author. A website form (role `form`) has a name and nothing to sign in with. */
export type PeopleTable = {
  id: string;
  /** Of a form: its id, which is no address. */
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
  /** The user of Kommo that an admin has named; null goes by the e-mail. */
  kommo_user_id: number | null;
};

export type OneTimeLinksTable = {
  token_hash: string;
  purpose: string;
  person_id: string | null;
  expires_at: number;
  used_at: number | null;
};

export type IdentitiesTable = {
  issuer: string;
  subject: string;
  person_id: string;
  asked_at: number;
  /** Null while an admin has not linked it. */
  linked_at: number | null;
};

export type LookupsTable = {
  person_id: string;
  /** Days since 1970, in UTC. */
  day: number;
  /** A lead's id, or a contact of Kommo; empty once the limit was reached. */
  found: string;
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
  comment: string | null;
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
  /** When its outcome was last read from Kommo by its id. */
  outcome_read_at: number | null;
  /** Of Kommo's clock: until when its outcome is known; an event from before then tells nothing new. */
  outcome_at: number | null;
  /** When its outcome is to be read by its id; 0 is at once, null is never. */
  look_at: number | null;
  /** Where it stands in Kommo: a stage has its id within its pipeline. */
  pipeline_id: number | null;
  stage_id: number | null;
  /** When it left the incoming leads, by Kommo's clock, and which user of Kommo did that; null where nobody knows. */
  accepted_at: number | null;
  accepted_by: number | null;
  /** When it was won, lost, declined or deleted, by Kommo's clock. */
  closed_at: number | null;
  /** Kommo's words. */
  loss_reason: string | null;
  /** The lead of Kommo into which it was merged, where that is known. */
  merged_into: number | null;
  mapping_version: number | null;
  /** By how much Kommo's clock was ahead of ours when it was sent last and in each look since: the least, and the most. */
  least_ahead_ms: number | null;
  most_ahead_ms: number | null;
  /** The field of Kommo in which it carried our id when it was sent last; null where it carried none. */
  sent_reference: number | null;
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
  /** When Kommo's duplicate control made it a part of a lead that was there. */
  merged_at: number | null;
  /** In the desk's uptime: before this moment its absence from Kommo proves nothing. */
  settles_at: number | null;
  /** In how large a batch it may go; null is as large as any. Halved after a batch without an answer. */
  batch_limit: number | null;
  /** How often it went alone and Kommo did not answer. */
  failed_alone: Generated<number>;
  /** When it was decided who gets it: once, until its author corrects it. */
  routed_at: number | null;
  /** The user of Kommo who gets it; null for nobody, or when Kommo has refused this user. */
  route_user: number | null;
  route_refused_at: number | null;
  /** The whole decision (lib/domain/routing/schema.ts); null where there were no rules. */
  route: string | null;
  /** One of `waysIn` (lib/domain/lead/fields.ts); null is the form. */
  through: string | null;
  /** In which the form was used; null where nobody knows. */
  language: string | null;
  /** The contact of Kommo that its author has chosen, 0 for a new one; null without a choice. */
  contact_choice: number | null;
  /** What Kommo's contacts were for it when it was decided who gets it (lib/domain/lead/known-client.ts); null where nobody asked. */
  known: string | null;
  /** The contact of Kommo to which it is added instead of a new one; null when Kommo has refused that. */
  attach_id: number | null;
  attach_refused_at: number | null;
  /** The version of the text that the person agreed to, and when. */
  consent_version: number | null;
  consent_at: number | null;
  /** Of the words that the form sent last; a correction leaves it. Null for website forms and what was saved before. */
  pressed_hash: string | null;
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

/** One row while the connection is OAuth's: how its token is renewed. */
export type GrantsTable = {
  id: string;
  client_id: string;
  secret_sealed: string;
  redirect_uri: string;
  /** How the admin connected: `code` or `redirect`. */
  way: string;
  /** Another one with each renewal, so it also tells one pair of tokens from the next. */
  refresh_sealed: string;
  renewed_at: number;
  renew_at: number;
  /** How far this machine's clock was ahead of Kommo's; null where Kommo did not say. */
  clock_ahead_ms: number | null;
  /** What the token may do, as JSON; null where it does not say. */
  scopes: string | null;
  /** Where a renamed account is asked for. */
  api_url: string | null;
  /** Who renews it, until when at the latest. */
  renewer: string | null;
  renewing_until: number;
  /** The last renewal that failed, and its code. */
  tried_at: number | null;
  problem: string | null;
  /** When Kommo said that somebody has disabled the integration; null once it has worked since. */
  disabled_at: number | null;
  /** When the hook of that was last heeded. */
  hook_at: number | null;
};

/** An admin who was sent to Kommo to allow the integration; `state` comes back with them. */
export type OauthStartsTable = {
  state_hash: string;
  session: string;
  client_id: string;
  secret_sealed: string;
  redirect_uri: string;
  /** The only account that may come back; null where Kommo's page lets the admin choose. */
  account_url: string | null;
  started_at: number;
};

/** One row while an integration was entered for Kommo's page and nothing has been connected since. */
export type KeptIntegrationsTable = {
  id: string;
  client_id: string;
  secret_sealed: string;
  redirect_uri: string;
  account_url: string | null;
  kept_at: number;
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
  /** How many requests with leads have left. The desk also counts them in a file, which a copied database does not change. */
  sendings: Generated<number>;
  /** The highest id that Kommo has given to one of our leads, erased ones included. */
  last_lead_id: Generated<number>;
  /** When it was noticed last that the database is older than what was sent. */
  restored_at: number | null;
  /** By how much Kommo's clock was ahead of ours when an answer showed that last; null before the first. */
  kommo_ahead_ms: number | null;
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

/** Leads that were deleted, and those that were undone before they were here, by keyed hashes of their ids (lib/leads/gone-leads.ts). */
export type GoneLeadsTable = {
  mark: string;
  /** Null for a deleted one. */
  undone_at: number | null;
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
  /** What its person still owes before it opens anything: a second factor, or setting one up. */
  waits_for: string | null;
  /** When they last gave a password or a factor in it. */
  proven_at: number | null;
  /** What the next passkey has to sign. */
  challenge: string | null;
};

/** An app that shows codes. One for each person. */
export type AuthenticatorsTable = {
  person_id: string;
  secret_sealed: string;
  confirmed_at: number;
  /** The time step of the last accepted code: only a later one is accepted. */
  last_step: Generated<number>;
};

/** A code that was used has no row. */
export type RecoveryCodesTable = {
  id: string;
  person_id: string;
  code_hash: string;
};

export type PasskeysTable = {
  id: string;
  person_id: string;
  name: string;
  public_key: string;
  /** Grows with each use, or stays 0. */
  counter: number;
  /** How the browser reaches it, as JSON. */
  transports: string;
  added_at: number;
  used_at: number | null;
};

/** A row for each role that must have a second factor, and one if single sign-on counts as a password does. */
export type FactorRulesTable = {
  whom: string;
};

export type RoutingsTable = {
  version: number;
  body: string;
  published_at: number;
  published_by: string | null;
};

/** One row for each admin who edits. */
export type RoutingDraftsTable = {
  person_id: string;
  body: string;
  based_on: number;
  saved_at: number;
};

/** Users of Kommo who are paused, or whom Kommo has refused as recipients. */
export type RecipientsTable = {
  user_id: number;
  paused_at: number | null;
  paused_by: string | null;
  refused_at: number | null;
};

/** What each member of a pool is owed, in parts of a lead (lib/domain/routing/take-turn.ts). */
export type TurnsTable = {
  pool_id: string;
  user_id: number;
  credit: number;
};

/** How many leads each user has got on a day of the account. */
export type RecipientDaysTable = {
  day: string;
  user_id: number;
  leads: number;
};

/** What Kommo said of a phone (E.164). `contacts` is JSON; null where it did not answer. */
export type ContactLookupsTable = {
  phone: string;
  at: number;
  contacts: string | null;
};

/** One row: whether leads are added to the contacts that Kommo has, and what a trial has shown of that account. */
export type AttachingTable = {
  id: string;
  account_id: number | null;
  /** Since when; null while it is off. */
  on_at: number | null;
  /** When Kommo's answers have switched it off, and why: `refused` or `ignored`. */
  ended_at: number | null;
  ended_why: string | null;
  tried_at: number | null;
  tried_by: string | null;
  tried_result: string | null;
};

/** `id` is the form's own row among the people. `origins` and `fields` are JSON. */
export type IntakeFormsTable = {
  id: string;
  /** Public: it stands in the page of the form. */
  key: string;
  origins: string;
  thanks_url: string | null;
  fields: string;
  /** Since when leads without a time token are suspicious. */
  token_asked_at: number | null;
  paused_at: number | null;
  /** Since when leads without a solved challenge are suspicious. */
  proof_asked_at: number | null;
  /** Since when leads without a consent are refused. */
  consent_asked_at: number | null;
  /** Names of the public form's fields; null is as the desk's own form has them. */
  shown_fields: string | null;
};

/** Challenges that a lead has come with: each is good for one. */
export type IntakeSpentTable = {
  challenge: string;
  forget_at: number;
};

/** What people agree to, by language. A change makes a new version. */
export type ConsentTextsTable = {
  version: number;
  texts: string;
  created_at: number;
};

/** One row: since when the desk's own form asks for consent. */
export type ConsentRuleTable = {
  id: string;
  asked_at: number | null;
};

/** Secret keys of programs that send without a browser. */
export type IntakeSecretsTable = {
  id: string;
  form_id: string;
  hash: string;
  last_four: string;
  created_at: number;
  expires_at: number | null;
};

/** What was accepted under a sender's own id, so that it is answered alike when it comes again. */
export type IntakeAnswersTable = {
  form_id: string;
  key_hash: string;
  body_hash: string;
  lead_id: string;
  forget_at: number;
};

/** The last requests of each form. `body` has masked values only. */
export type IntakeRequestsTable = {
  id: string;
  form_id: string;
  at: number;
  result: string;
  lead_id: string | null;
  body: string;
};

/** One row: how far Kommo's events have been read, and what its answers have shown of the account. */
export type OutcomeReadingTable = {
  id: string;
  /** Whose events these are. */
  account_id: number | null;
  /** When Kommo was last looked at. */
  looked_at: Generated<number>;
  /** When leads whose time had come were last read by their ids; looks in between read the urgent ones only. */
  read_at: Generated<number>;
  /** Of Kommo's clock, in seconds: events from then on are read; null before the first time. */
  since: number | null;
  /** Which page of them comes next: 1, unless there were more than are read at once. */
  page: Generated<number>;
  /** Of Kommo's clock, in seconds: when the first of these pages was read, and so until when they tell; null where it did not say. */
  until: number | null;
  /** The newest event on the pages that were read since then, in the same seconds. */
  newest: Generated<number>;
  /** When new events came last. */
  told_at: number | null;
  /** `on` or `off`: whether the account's filters work; null before that is known. */
  filters: string | null;
  filters_at: number | null;
  /** Until when events are not asked for, as they cannot be read; 0 where they can. */
  events_off_until: Generated<number>;
  /** The same of leads. */
  reads_off_until: Generated<number>;
  /** Ids of Kommo that were not there, as JSON: they are looked for in its trash next. */
  missing: Generated<string>;
  /** 1 where the list without them had none of ours at all. */
  missing_unshown: Generated<number>;
  /** Ids of Kommo that are in neither, as JSON: what they were merged into is looked for when nothing else is to be read. */
  merged: Generated<string>;
};

/** One row, if an admin has made an address for Kommo's webhooks. */
export type KommoHooksTable = {
  id: string;
  secret_sealed: string;
  set_by: string;
  set_at: number;
  /** When a hook came last. */
  last_at: number | null;
  /** When the first hook came that nobody has looked into Kommo for; an earlier time than the last look counts as served. */
  woken_at: number | null;
};

/** The proof of a day of the account's zone. One of a day may be in the making, beside the last one that was made. */
export type DailyProofsTable = {
  id: string;
  day: string;
  zone: string;
  asked_at: number;
  /** When the making that goes on after `cursor`, the last lead that was compared, began or saved a portion. */
  went_on_at: number | null;
  cursor: string | null;
  made_at: number | null;
  /** Where second copies were looked for: one of `copyLooks` (lib/daily-proof/schema.ts). */
  copies: string | null;
  /** Why the last try was not finished, and when the next one is due. */
  problem: string | null;
  try_at: Generated<number>;
  /** How many tries have failed; after too many it is given up until somebody asks for it. */
  failures: Generated<number>;
  entered: Generated<number>;
  withdrawn: Generated<number>;
  confirmed: Generated<number>;
  found: Generated<number>;
  trashed: Generated<number>;
  /** How many rows it had: some may have been erased with their leads. */
  differences: Generated<number>;
};

/** What differs: ids alone, of the desk and of Kommo. */
export type DailyProofRowsTable = {
  id: string;
  proof_id: string;
  /** One of `differenceKinds` (lib/domain/daily-proof/compare-leads.ts). */
  kind: string;
  lead_id: string | null;
  kommo_lead_id: number | null;
  other_id: number | null;
  /** When a person has said that it is right as it is. */
  accepted_at: number | null;
  accepted_by: string | null;
};

/** One row: the process that makes a proof, and until when it has the right to. */
export type DailyProofMakerTable = {
  id: string;
  holder: string | null;
  lease_ends: number;
};
