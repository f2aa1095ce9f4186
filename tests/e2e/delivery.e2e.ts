import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { addColleague, change } from "../support/beside";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { readLeadStates } from "../support/lead-states";
import { endSession, expectSaved, openForm, saveLead, sendLead, signIn, typeLead } from "../support/pages";
import { test } from "../support/test";

// Twenty seconds until a lead that is not there is surely absent, and the requests of the look.
const SETTLES_WITHIN_MS = 25_000;
const SELLER = { email: "seller@example.com", password: ADMIN.password };

let practice: Practice;
let desk: Desk;
let database: string | undefined;

test.beforeAll(async () => {
  practice = await startPractice();
  const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  database = settings.DATABASE_URL;
  desk = await startDesk(settings);
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});
test.beforeEach(({ page }) => signIn(page, desk));
test.afterEach(() => {
  practice.control.clearFaults();
  practice.control.setPoison(null);
});

async function enter(page: Page, name: string): Promise<void> {
  await page.goto(desk.url);
  await typeLead(page, { Name: name, Phone: "+7 900 123-45-67" });
  await sendLead(page);
  await expectSaved(page);
}

async function openDelivery(page: Page): Promise<void> {
  await page.goto(desk.url);
  await page.getByRole("link", { name: "Delivery", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Delivery" })).toBeVisible();
}

/** Presses the button, reads what it will do, and says yes. */
async function press(page: Page, name: string | RegExp, consequence: string | RegExp): Promise<void> {
  const button = page.getByRole("button", { name }).first();
  await button.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(consequence);
  await dialog.locator("button[type=submit]").click();
  await expect(dialog).toHaveCount(0);
}

function named(name: string): number {
  return practice.incomingLeads().filter(({ item }) => JSON.stringify(item).includes(name)).length;
}

test("a refused token is told on every page, and its leads arrive when it works again", async ({ page }) => {
  practice.control.revokeToken();
  await enter(page, "Токенов");
  const band = page.getByText(/^Kommo has rejected our token since \d\d:\d\d\.$/);
  await expect(band).toBeVisible({ timeout: 30_000 });
  const violations = await listViolations(page);
  expect(violations).toEqual([]);

  await page.getByRole("link", { name: "Go to Delivery" }).click();
  await expect(page.getByText(/^Sending stopped at .+: Kommo rejects our token$/)).toBeVisible();
  await expect(page.getByText(/Next try in \d+ s/)).toBeVisible();
  await expect(band).toHaveCount(0);

  practice.control.revokeToken(false);
  await press(page, "Try now", "Kommo is asked once.");
  await expect(page.getByText("Delivery is running")).toBeVisible();
  await expect.poll(() => named("Токенов")).toBe(1);
  await page.goto(desk.url);
  await expect(band).toHaveCount(0);
});

test("a pause holds leads and a resume lets them go", async ({ page }) => {
  await openDelivery(page);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Pause" })).toBeFocused();
  await expect(page.getByText("Delivery is running")).toBeVisible();

  await press(page, "Pause", "Everyone can keep entering leads");
  await expect(page.getByText(/^Paused by .+ since \d\d:\d\d$/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Resume" })).toBeFocused();
  await enter(page, "Паузов");
  await expect(page.getByText(/^Delivery has been paused since/)).toBeVisible();
  await expect(page.getByText("Waiting").first()).toBeVisible();
  expect(named("Паузов")).toBe(0);

  await openDelivery(page);
  await press(page, "Resume", "Waiting leads go to Kommo at once");
  await expect.poll(() => named("Паузов")).toBe(1);
});

test("refused leads say what was refused and are sent again, alone or together", async ({ page }) => {
  practice.control.setPoison({ marker: "Отказов", path: "_embedded.contacts.0.name" });
  for (const name of ["Отказов Один", "Отказов Два", "Отказов Три"])
    await saveLead(page, desk, { name, phone: "+7 900 123-45-67" });
  await openDelivery(page);
  await expect(page.getByRole("button", { name: /^Send again:/ })).toHaveCount(3);
  await page.getByRole("link", { name: "Отказов Один" }).click();
  await expect(
    page.getByRole("listitem").filter({ hasText: "Name: Kommo doesn’t recognise this" }),
  ).toBeVisible();
  practice.control.setPoison(null);
  await press(page, "Send again", "The lead goes to Kommo at once");
  await expect(page.getByRole("link", { name: /^In Kommo #/ })).toBeVisible();

  await openDelivery(page);
  await page.getByLabel("All").check();
  await expect(page.getByRole("button", { name: "Send again (2)" })).toBeVisible();
  await page.getByLabel("Select Отказов Два").uncheck();
  await press(page, "Send again (1)", "The lead goes to Kommo at once");
  await expect(page.getByText("The lead is being sent again.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Needs attention" })).toBeFocused();
  await press(page, "Send again: Отказов Два", "The lead goes to Kommo at once");

  await expect(page.getByText("Nothing needs attention.")).toBeVisible();
  await expect.poll(() => named("Отказов")).toBe(3);
});

test("a lead that nobody can place is settled by its id in Kommo", async ({ page }) => {
  await saveLead(page, desk, { name: "Известный", phone: "+7 900 123-45-67" });
  await expect.poll(() => named("Известный")).toBe(1);
  practice.failNext({ kind: "cut-after", method: "POST" });
  practice.failNext({ kind: "503", method: "GET" }, 1000);
  const unclear = await saveLead(page, desk, { name: "Неясных", phone: "+7 900 123-45-67" });
  await expect.poll(() => named("Неясных")).toBe(1);
  const [taken, lost] = [practice.incomingLeads()[1]?.leadId, practice.incomingLeads()[0]?.leadId ?? 0];
  // Nothing tells which lead it was that lies in the trash.
  practice.control.setSwitch("createdValuesTold", false);
  await practice.control.decline(lost);
  practice.control.clearFaults();
  await openDelivery(page);
  const readState = async () => (await readLeadStates(String(database))).get(unclear)?.state;
  await expect.poll(readState, { timeout: SETTLES_WITHIN_MS }).toBe("needs_admin");
  await page.getByRole("button", { name: "It’s in Kommo" }).click();

  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel("Lead ID in Kommo");
  for (const [typed, sentence] of [
    ["", "Enter the ID as a number, for example 12345"],
    [String(taken), "Another of our leads already has this ID: check the number"],
  ] as const) {
    await field.fill(typed);
    await dialog.getByRole("button", { name: "Mark as delivered" }).click();
    await expect(field).toHaveAccessibleDescription(sentence);
    await expect(field).toHaveValue(typed);
    await expect(field).toBeFocused();
  }
  await field.fill(`${practice.url}/leads/detail/${lost}`);
  await field.press("Enter");

  await expect(page.getByText("The lead is marked as delivered.")).toBeVisible();
  await page.goto(`${desk.url}/leads`);
  await expect(page.getByRole("link", { name: `In Kommo #${lost}` })).toBeVisible();
  expect(named("Неясных")).toBe(1);
});

test("many undecided leads are settled at once by what Kommo shows for each", async ({ page }) => {
  const ids: string[] = [];
  for (const [index, name] of ["Много Один", "Много Два", "Много Три"].entries()) {
    ids.push(await saveLead(page, desk, { name, phone: `+7 900 000-00-0${index}` }));
    await expect.poll(() => named(name)).toBe(1);
  }
  const [first = "", changed = ""] = ids;
  const undecided = "state = 'needs_admin', problem = 'unclear', kommo_lead_id = null";
  for (const id of ids) change(database, `update leads set ${undecided} where id = ?`, id);
  const absent = randomUUID();
  const columns = "author_id, state, problem, due_at, tries, created_at";
  change(
    database,
    `insert into leads (id, name, phone, ${columns}) select ?, 'Нигде', '+79990000000', ${columns} from leads where id = ?`,
    ...[absent, first],
  );
  await openDelivery(page);

  await page.getByRole("button", { name: "Look in Kommo" }).click();
  await expect(page.getByText("Not found in Kommo")).toHaveCount(1);
  await page.getByRole("button", { name: "In Kommo: 3" }).click();
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(3);
  await page.getByRole("button", { name: "They’re in Kommo (3)" }).click();
  change(database, "update leads set sent_at = 7 where id = ?", changed);
  await page.getByRole("dialog").getByRole("button", { name: "Mark as delivered" }).click();

  await expect(page.getByText("2 leads are marked as delivered.")).toBeVisible();
  const left = page.getByRole("alert").filter({ hasText: "1 lead wasn’t changed" });
  await expect(left).toContainText("Много Два: changed in the meantime");
  await expect(page.getByRole("button", { name: /^It’s in Kommo/ })).toHaveCount(2);
  for (const id of [changed, absent])
    change(database, "update leads set state = 'withdrawn' where id = ?", id);
});

test("a press without an answer says so and keeps the question", async ({ page, context }) => {
  await openDelivery(page);
  await page.getByRole("button", { name: "Pause" }).click();
  await context.setOffline(true);
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "No connection to the server." })).toBeVisible();

  await context.setOffline(false);
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText(/^Paused by/)).toBeVisible();
  await press(page, "Resume", "Waiting leads");
});

test("the page and its numbers are for admins", async ({ page }) => {
  addColleague(database, { name: "Сергей", email: SELLER.email });
  await endSession(page, desk);
  expect((await page.request.get(`${desk.url}/api/delivery`)).status()).toBe(401);
  await page.goto(`${desk.url}/admin/delivery`);
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fadmin%2Fdelivery/);

  await signIn(page, desk, SELLER);
  await openForm(page, desk);
  await expect(page.getByRole("link", { name: "Delivery" })).toHaveCount(0);
  expect((await page.request.get(`${desk.url}/admin/delivery`)).status()).toBe(404);
  expect((await page.request.get(`${desk.url}/api/delivery`)).status()).toBe(403);
});
