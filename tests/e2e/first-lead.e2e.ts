import { expect } from "@playwright/test";
import { z } from "zod";
import { type Practice, startPractice } from "../../practice/server.ts";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { expectAlive, expectSaved, openForm, sendLead, signIn, typeLead } from "../support/pages";
import { test } from "../support/test";

const timesSchema = z.object({
  created_at: z.number(),
  metadata: z.object({ form_sent_at: z.number() }),
});
const ANNA = { email: "anna@example.com", password: "correct horse battery" };
// Meanwhile the desk reads what it must know of the account before the first lead can leave.
const HOLD_MS = 5000;
const ARRIVES_WITHIN_MS = HOLD_MS + 2000;

let practice: Practice;
let desk: Desk;

// One desk, from its first admin on.
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  practice = await startPractice();
  desk = await startDesk(
    freshSettings(practice, { ADMIN_EMAIL: "", ADMIN_PASSWORD: "", HOLD_SECONDS: String(HOLD_MS / 1000) }),
  );
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

test("the printed link makes an admin, whose leads arrive in Kommo field by field", async ({ page }) => {
  const link = /http\S+\/setup\?token=\S+/.exec(desk.output())?.[0] ?? "";
  await page.goto(link);
  await page.getByLabel("Your name").fill("Анна Админ");
  await page.getByLabel("Email").fill(ANNA.email);
  await page.getByLabel("Password", { exact: true }).fill(ANNA.password);
  await expectAlive(page, "Create the admin account");
  await page.getByRole("button", { name: "Create the admin account" }).click();
  await expect(page.getByLabel("Phone")).toBeFocused();

  await typeLead(page, {
    Phone: "8 900 123-45-67",
    Name: "Иван",
    Surname: "Петров",
    Telegram: "t.me/ivan_petrov",
    Source: "expo",
    Email: "ivan@example.com",
    Profession: "Маркетолог",
    Education: "Бакалавр",
    Income: "120 000",
    "UTM medium": "cpc",
    "UTM campaign": "autumn",
    "UTM content": "banner",
    "UTM term": "crm",
    Referrer: "https://example.com/landing",
  });
  await sendLead(page);
  await expectSaved(page);
  await expect.poll(() => practice.incomingLeads().length, { timeout: ARRIVES_WITHIN_MS }).toBe(1);

  const [full] = practice.incomingLeads();
  const id = full?.requestId ?? "";
  const seconds = expect.any(Number);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  expect(full?.item).toEqual({
    request_id: id,
    source_name: "Internal Team Form",
    source_uid: id,
    pipeline_id: 12984871,
    created_at: seconds,
    metadata: {
      form_id: "internal-team-form",
      form_name: "Team Lead Submission",
      form_page: `${desk.url}/leads/${id}`,
      form_sent_at: seconds,
      referer: "https://example.com/landing",
    },
    _embedded: {
      contacts: [
        {
          name: "Иван Петров",
          first_name: "Иван",
          last_name: "Петров",
          custom_fields_values: [
            { field_id: 467700, values: [{ value: "+79001234567", enum_code: "WORK" }] },
            { field_id: 1709360, values: [{ value: "@ivan_petrov" }] },
            { field_id: 467702, values: [{ value: "ivan@example.com" }] },
          ],
        },
      ],
      leads: [
        {
          name: "Заявка: Иван Петров",
          price: 0,
          custom_fields_values: [
            { field_id: 467714, values: [{ value: "expo" }] },
            { field_id: 488804, values: [{ value: "Маркетолог" }] },
            { field_id: 1711074, values: [{ value: "Бакалавр" }] },
            { field_id: 1709444, values: [{ value: "120000" }] },
            { field_id: 467710, values: [{ value: "cpc" }] },
            { field_id: 467712, values: [{ value: "autumn" }] },
            { field_id: 467708, values: [{ value: "banner" }] },
            { field_id: 467716, values: [{ value: "crm" }] },
            { field_id: 467718, values: [{ value: "https://example.com/landing" }] },
            { field_id: 1711084, values: [{ value: id }] },
          ],
        },
      ],
    },
  });
  const times = timesSchema.parse(full?.item);
  expect(times.metadata.form_sent_at).toBe(times.created_at);
  expect(Math.abs(Date.now() / 1000 - times.created_at)).toBeLessThan(60);

  await expect(page.getByRole("link", { name: `In Kommo #${full?.leadId}` })).toBeVisible();
});

test("a name and a Telegram are enough, and nothing empty is sent", async ({ page }) => {
  await signIn(page, desk, ANNA);
  await openForm(page, desk);

  await typeLead(page, { Name: "Ана", Telegram: "ana_lopez" });
  await sendLead(page);
  await expectSaved(page);
  await expect.poll(() => practice.incomingLeads().length, { timeout: ARRIVES_WITHIN_MS }).toBe(2);

  const [small] = practice.incomingLeads();
  expect(small?.item).toMatchObject({
    metadata: {
      form_id: "internal-team-form",
      form_name: "Team Lead Submission",
      form_page: `${desk.url}/leads/${small?.requestId}`,
      form_sent_at: expect.any(Number),
    },
  });
  expect(small?.item).toHaveProperty("_embedded", {
    contacts: [
      {
        name: "Ана",
        first_name: "Ана",
        custom_fields_values: [{ field_id: 1709360, values: [{ value: "@ana_lopez" }] }],
      },
    ],
    leads: [
      {
        name: "Заявка: Ана",
        price: 0,
        custom_fields_values: [{ field_id: 1711084, values: [{ value: small?.requestId }] }],
      },
    ],
  });
  expect(small?.item).not.toHaveProperty("metadata.referer");
});

test("a set-up link that was used says so", async ({ page }) => {
  await page.goto(/http\S+\/setup\?token=\S+/.exec(desk.output())?.[0] ?? "");

  await expect(page.getByText("This link no longer works.")).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toHaveCount(0);
});
