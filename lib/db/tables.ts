import type { ColumnType } from "kysely";

/** Two column types serve both databases: text and whole numbers. Times are epoch milliseconds. */
export type Tables = {
  people: PeopleTable;
  one_time_links: OneTimeLinksTable;
  leads: LeadsTable;
  attempts: AttemptsTable;
  attempt_leads: AttemptLeadsTable;
  mappings: MappingsTable;
};

export type PeopleTable = {
  id: string;
  email: string;
  name: string;
  role: string;
  password_hash: string;
  created_at: number;
  disabled_at: number | null;
};

export type OneTimeLinksTable = {
  token_hash: string;
  purpose: string;
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
  state: string;
  due_at: number;
  tries: number;
  problem: string | null;
  mapping_version: number | null;
  kommo_uid: string | null;
  kommo_lead_id: number | null;
  kommo_contact_id: number | null;
  created_at: ColumnType<number, number, never>;
  confirmed_at: number | null;
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
};
