import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { getAccount, listFields, listPipelines, listTags, listUsers } from "@/lib/kommo/catalogue";
import type { CallOptions } from "@/lib/kommo/client";
import { sendComplexLeads } from "@/lib/kommo/complex-leads";
import { findContacts, listContactKeys } from "@/lib/kommo/contacts";
import { listLeadEvents } from "@/lib/kommo/events";
import { listIncomingLeads, sendIncomingLeads } from "@/lib/kommo/incoming-leads";
import { listLeadChanges } from "@/lib/kommo/lead-changes";
import { readFilterAddOn, readLeadAlone, readLeadsById } from "@/lib/kommo/lead-outcomes";
import {
  listDeletedById,
  listLeadsById,
  listLeadsByReference,
  listLeadsDownTo,
  listLeadsUpdatedSince,
} from "@/lib/kommo/leads";
import { locateLeads } from "@/lib/kommo/locate-leads";
import { createRandom } from "@/practice/faults/random";
import { mutate } from "@/tests/support/mutate";
import { stubSettings } from "@/tests/support/settings";
import { freeSlot } from "@/tests/support/slots";

const ROUNDS = 300;
const LEAD = {
  id: 11,
  name: "Заявка",
  created_at: 1,
  custom_fields_values: [{ field_id: 21, values: [{ value: "b2" }] }],
  _embedded: { contacts: [{ id: 2 }] },
};
const CONTACT = {
  id: 12,
  custom_fields_values: [{ field_code: "PHONE", values: [{ value: "+79001234567" }] }],
};
const INCOMING = {
  uid: "a1",
  source_uid: "b2",
  created_at: 1,
  metadata: { form_page: "https://desk.test" },
  _embedded: { leads: [{ id: 13 }], contacts: [{ id: 14 }] },
};
const FIELD = {
  id: 9,
  name: "Город",
  type: "select",
  required_statuses: [{ pipeline_id: 3, status_id: 142 }],
  enums: [{ id: 1, value: "Москва" }],
};
const PIPELINE = { id: 3, name: "Воронка", _embedded: { statuses: [{ id: 1, type: 1, name: "Новые" }] } };
const ACCOUNT = { id: 1, name: "Школа", _embedded: { datetime_settings: { timezone: "Europe/Moscow" } } };
const EVENT = {
  type: "custom_field_21_value_changed",
  entity_id: 11,
  value_after: [{ custom_field_value: { field_id: 21, text: "b2" } }],
};
const CHANGE = {
  ...{ id: "01pz", type: "lead_status_changed", entity_type: "lead", entity_id: 11, created_by: 5 },
  created_at: 1_763_700_000,
  value_before: [{ lead_status: { id: 1, pipeline_id: 3 } }],
  value_after: [{ lead_status: { id: 142, pipeline_id: 3 } }],
};
const OUTCOME = {
  ...{ id: 11, status_id: 143, pipeline_id: 3, updated_at: 1_763_700_000, closed_at: 1_763_700_000 },
  _embedded: { loss_reason: [{ id: 1, name: "Дорого" }] },
};
const SENT = { uid: "a1", request_id: "b2", _embedded: { leads: [{ id: 13 }], contacts: [{ id: 14 }] } };
const COMPLEX = { id: 13, contact_id: 14, company_id: null, request_id: ["b2"], merged: true };
const REFUSAL = {
  status: 400,
  "validation-errors": [{ request_id: "b2", errors: [{ code: "InvalidType", path: "name", detail: "no" }] }],
};

beforeEach(() => {
  stubSettings("https://model.test");
  vi.stubEnv("KOMMO_ALLOW_COMPLEX", "1");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

/** Kommo, which answers everything with this. */
function toOptions(status: number, answer: unknown): CallOptions {
  async function* read() {
    yield Buffer.from(JSON.stringify(answer) ?? "");
  }
  const headers = { "content-type": status === 200 ? "application/json" : "application/problem+json" };
  return {
    slot: freeSlot,
    connection: { baseUrl: "https://model.test", token: "a.b.c" },
    transport: async () => Object.assign(read(), { statusCode: status, headers }),
  };
}

const toPage = (name: string, record: object) => ({
  _page: 1,
  _links: { self: { href: "/" } },
  _embedded: { [name]: [record] },
});

test.each<[string, number, object, (options: CallOptions) => Promise<unknown>]>([
  ["leads by id", 200, toPage("leads", LEAD), (options) => listLeadsById([11], options)],
  ["the trash", 200, toPage("leads", LEAD), (options) => listDeletedById([11], options)],
  ["leads that changed", 200, toPage("leads", LEAD), (options) => listLeadsUpdatedSince(1, options)],
  ["leads with references", 200, toPage("leads", LEAD), (options) => listLeadsDownTo(1, options)],
  ["where leads are", 200, toPage("leads", LEAD), (options) => locateLeads([11, 12], options)],
  ["events", 200, toPage("events", EVENT), (options) => listLeadEvents([11], new Set([21]), options)],
  ["what happened to leads", 200, toPage("events", CHANGE), (options) => listLeadChanges(1, 1, options)],
  ["what became of leads", 200, toPage("leads", OUTCOME), (options) => readLeadsById([11], options)],
  ["what became of one lead", 200, OUTCOME, (options) => readLeadAlone(11, options)],
  ["whether filters work", 200, { id: 1, is_api_filter_enabled: false }, readFilterAddOn],
  [
    "leads by a reference",
    200,
    toPage("leads", LEAD),
    (options) => listLeadsByReference("b2", new Set([21]), options),
  ],
  ["incoming leads", 200, toPage("unsorted", INCOMING), (options) => listIncomingLeads(1, options)],
  ["contacts by id", 200, toPage("contacts", CONTACT), (options) => listContactKeys([12], options)],
  ["contacts by phone", 200, toPage("contacts", CONTACT), (options) => findContacts("+79001234567", options)],
  ["fields", 200, toPage("custom_fields", FIELD), (options) => listFields("leads", options)],
  ["pipelines", 200, toPage("pipelines", PIPELINE), listPipelines],
  ["people", 200, toPage("users", { id: 5, name: "Анна", rights: { is_admin: true } }), listUsers],
  ["tags", 200, toPage("tags", { id: 4, name: "тест", color: null }), listTags],
  ["the account", 200, ACCOUNT, getAccount],
  ["what was sent", 200, toPage("unsorted", SENT), (options) => sendIncomingLeads([], options)],
  ["what was sent under duplicate control", 200, [COMPLEX], (options) => sendComplexLeads([], options)],
  ["a rejection", 400, REFUSAL, (options) => sendIncomingLeads([], options)],
])("an odd answer about %s is read, or is a failure that is foreseen", async (_, status, good, read) => {
  const random = createRandom(20_261_129);
  if (status === 200) await read(toOptions(status, good));

  for (let round = 0; round < ROUNDS; round++) {
    const failure = await read(toOptions(status, mutate(good, random))).catch((error: unknown) => error);

    if (failure instanceof Error) expect(failure).toBeInstanceOf(AppError);
  }
});
