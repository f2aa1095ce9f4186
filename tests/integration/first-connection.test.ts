import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { fetchCatalogue } from "@/lib/account/fetch-catalogue";
import { findCatalogue } from "@/lib/account/queries";
import { refreshCatalogue } from "@/lib/account/refresh-catalogue";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import type { AppError } from "@/lib/errors";
import { createLead } from "@/lib/leads/mutations";
import { findLead } from "@/lib/leads/queries";
import { findMapping, listFindings } from "@/lib/published-mapping/queries";
import type { FaultKind, Practice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { deliverRound } from "@/tests/support/duty";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { freeSlot } from "@/tests/support/slots";

const NO_PAUSES_MS = [0, 0, 0, 0, 0];
const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const PASSING: FaultKind[] = [
  "500-json",
  "502",
  "503",
  "504",
  "429-json",
  "cut-after",
  "cut-mid",
  "truncated",
];

/** What the settings must name so that nothing has to be asked of Kommo. */
const ENOUGH = {
  KOMMO_PIPELINE_ID: "12984871",
  KOMMO_PHONE_FIELD_ID: "467700",
  KOMMO_EMAIL_FIELD_ID: "467702",
  KOMMO_TELEGRAM_FIELD_ID: "1709360",
  KOMMO_UTM_SOURCE_FIELD_ID: "467714",
  KOMMO_UTM_MEDIUM_FIELD_ID: "467710",
  KOMMO_UTM_CAMPAIGN_FIELD_ID: "467712",
  KOMMO_UTM_CONTENT_FIELD_ID: "467708",
  KOMMO_UTM_TERM_FIELD_ID: "467716",
};

let practice: Practice;
let db: Db;
let clock: number;

const now = () => clock;
const toOptions = () => ({
  slot: freeSlot,
  connection: { baseUrl: practice.url, token: practice.token },
  retryPausesMs: NO_PAUSES_MS,
});

beforeAll(() => {
  for (const [name, value] of Object.entries(ENOUGH)) vi.stubEnv(name, value);
});
beforeEach(async () => {
  practice = await openPractice();
  db = openDb("file::memory:");
  await migrate(db);
  clock = Date.now();
});
afterEach(async () => {
  await practice.close();
  await db.destroy();
});
afterAll(() => vi.unstubAllEnvs());

async function save() {
  const lead = aLead({ phone: "+79001234567" });
  await createLead(lead, await insertSeller(db), db, clock, RULES);
  return lead;
}

test("the account is read to its end while a fifth of the requests fail, each page once more by itself", async () => {
  const whole = (await fetchCatalogue(toOptions(), () => 0)).fields;

  for (let seed = 1; seed <= 30; seed++) {
    practice.control.setChaos({ seed, rate: 0.2, kinds: PASSING });
    const before = practice.journal.length;
    expect((await fetchCatalogue(toOptions(), () => 0)).fields).toEqual(whole);
    const asked = practice.journal.slice(before);
    const answered = asked.filter(({ fault }) => fault === null).map(({ path }) => path);
    // A page that was read is not asked for again.
    expect(answered).toEqual([...new Set(answered)]);
  }
});

test.each([
  ["a page that fails more often than there are pauses", { kind: "503" }, 6, "busy"],
  ["a refused token, at once", { kind: "401" }, 1, "token_refused"],
  [
    "a 429 that asks for a long silence, at once",
    { kind: "429-json", retryAfter: 300 },
    1,
    "too_many_requests",
  ],
] as const)("the reading ends with %s", async (_, fault, requests, code) => {
  practice.failNext(fault, 6);

  await expect(fetchCatalogue(toOptions())).rejects.toMatchObject({ code });

  expect(practice.journal).toHaveLength(requests);
});

test("a short silence that a 429 asks for is kept by all before the page is asked for again", async () => {
  practice.failNext({ kind: "429-json", retryAfter: 1 });
  const failures: string[] = [];
  const onRetry = async (error: AppError) => void failures.push(`${error.code} ${error.detail}`);

  await fetchCatalogue({ ...toOptions(), onRetry });

  expect(failures).toEqual(["too_many_requests 1"]);
});

test("a link to the next page that names another host is not followed", async () => {
  const next = { href: "https://elsewhere.invalid/api/v4/users?page=2" };
  const body = { _links: { next }, _embedded: { users: [{ id: 1, name: "Анна" }] } };
  practice.failNext({ kind: "answer", status: 200, body, path: "/users" });

  const { users } = await fetchCatalogue(toOptions());

  expect(users).toContainEqual(expect.objectContaining({ id: 1 }));
  expect(practice.journal.filter(({ path }) => path.includes("/users")).map(({ path }) => path)).toEqual([
    "/api/v4/users?with=group&limit=250&page=1",
    "/api/v4/users?with=group&limit=250&page=2",
  ]);
});

test("leads leave by the settings alone, though nothing can be read of the account", async () => {
  const lead = await save();
  practice.failNext({ kind: "503", method: "GET" }, 1000);

  await deliverRound(db, now);

  expect(await findLead(lead.id, {}, db)).toMatchObject({ state: "confirmed" });
  expect(practice.journal.map(({ method }) => method)).toEqual(["POST"]);
  expect(await findMapping(db)).toMatchObject({
    version: 1,
    mapping: { pipelineId: 12984871, fields: { phone: { entity: "contacts", fieldId: 467700 } } },
  });
});

test("the first reading completes the mapping of the settings, which stays the first version", async () => {
  await save();
  await deliverRound(db, now);
  clock += 10_000;

  await refreshCatalogue({}, db, now);

  expect(await findMapping(db)).toMatchObject({
    version: 1,
    mapping: {
      pipelineName: expect.any(String),
      fields: {
        phone: { fieldId: 467700, type: "multitext", enumCode: "WORK" },
        profession: { name: expect.any(String) },
      },
    },
  });
  expect(await listFindings(db)).toEqual([]);
});

test("what the settings name and Kommo has not shows as drift once it was read", async () => {
  await save();
  await deliverRound(db, now);
  practice.control.deleteField({ entity: "leads", id: 467708 });
  clock += 10_000;

  await refreshCatalogue({}, db, now);

  expect(await listFindings(db)).toMatchObject([{ kind: "field_deleted", place: "utm_content" }]);
});

test("odd records are left out and named, and stop neither the reading nor a delivery", async () => {
  practice.control.setSwitch("oddRecords", true);
  await refreshCatalogue({}, db, now);
  clock += 10_000;
  const lead = await save();

  await deliverRound(db, now);

  expect(await findLead(lead.id, {}, db)).toMatchObject({ state: "confirmed" });
  expect((await findCatalogue(db))?.skipped).toEqual(
    expect.arrayContaining([
      { kind: "user", id: "5", entity: null, parentId: null },
      { kind: "option", id: "7", entity: "contacts", parentId: 467700 },
      { kind: "stage", id: "6", entity: null, parentId: 12984871 },
      { kind: "field", id: null, entity: "leads", parentId: null },
    ]),
  );
  expect(await listFindings(db)).toEqual([]);
});

test("a lead whose answer got lost is found among odd records", async () => {
  practice.control.setSwitch("oddRecords", true);
  const lead = await save();
  practice.failNext({ kind: "cut-after", method: "POST" });
  await deliverRound(db, now);
  clock += 120_000;

  await deliverRound(db, now);

  expect(await findLead(lead.id, {}, db)).toMatchObject({ state: "confirmed" });
  expect(practice.incomingLeads()).toHaveLength(1);
});
