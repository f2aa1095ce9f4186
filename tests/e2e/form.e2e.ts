import { expect, type Page, test } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { expectSaved, sendLead, signIn, typeLead } from "../support/pages";

let practice: Practice;
let desk: Desk;

const IVAN = { Phone: "+7 900 123-45-67", Name: "Иван", Surname: "Петров" };

test.beforeAll(async () => {
  practice = await startPractice();
  desk = await startDesk(freshSettings(practice, { HOLD_SECONDS: "0" }));
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});
test.beforeEach(({ page }) => signIn(page, desk));

async function expectStillTyped(page: Page): Promise<void> {
  for (const [label, value] of Object.entries(IVAN)) {
    await expect(page.getByLabel(label, { exact: true })).toHaveValue(value);
  }
}

function countLeads(): number {
  return new Set(practice.incomingLeads().map((lead) => lead.requestId)).size;
}

test("a lead is typed and sent by the keyboard alone, with the focus back in Phone", async ({ page }) => {
  await expect(page.getByLabel("Phone")).toBeFocused();
  await page.keyboard.type("89001234567");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Иван");
  await page.keyboard.press("Control+Enter");

  await expectSaved(page);
  await expect(page.getByLabel("Phone")).toBeFocused();
  await page.keyboard.type("next");
  await expect(page.getByLabel("Phone")).toHaveValue("next");
});

test("Enter goes from field to field and sends from the last", async ({ page }) => {
  const before = countLeads();
  for (const text of ["89001234567", "Иван", "Петров", "@ivan_petrov", "expo"]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
  }

  await expectSaved(page);
  await expect.poll(countLeads).toBe(before + 1);
});

test("all errors stand at their fields at once, and the focus is in the first", async ({ page }) => {
  await typeLead(page, { Email: "ivan@", Income: "много" });
  await page.locator("summary", { hasText: "More" }).click();
  await sendLead(page);

  await expect(page.getByLabel("Phone")).toHaveAttribute("aria-invalid", "false");
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  for (const [label, words] of [
    ["Name", "Write a name or a surname"],
    ["Email", "Incomplete: write name@example.com"],
    ["Income", "Write the income as a number: 120000"],
  ] as const) {
    await expect(page.getByLabel(label, { exact: true })).toHaveAccessibleDescription(words);
  }

  await typeLead(page, { Name: "Иван" });
  await sendLead(page);
  await expect(page.getByLabel("Email")).toBeFocused();
});

test("offline keeps everything typed, says so, and sends when back", async ({ page, context }) => {
  const before = countLeads();
  await typeLead(page, IVAN);
  await context.setOffline(true);
  await sendLead(page);

  await expect(page.getByRole("alert").filter({ hasText: "No connection to the server." })).toBeVisible();
  await expectStillTyped(page);
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expectSaved(page);
  await expect.poll(countLeads).toBe(before + 1);
});

test("a server that answers 500 keeps everything typed", async ({ page }) => {
  await typeLead(page, IVAN);
  await page.route("**/*", (route) =>
    route.request().method() === "POST" ? route.fulfill({ status: 500, body: "<html>" }) : route.continue(),
  );
  await sendLead(page);

  await expect(page.getByRole("alert").filter({ hasText: "could not save the lead" })).toBeVisible();
  await expectStillTyped(page);
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expectSaved(page);
});

test("a tab from before a deployment saves by the route that never changes", async ({ page }) => {
  const before = countLeads();
  await typeLead(page, IVAN);
  await page.route(`${desk.url}/`, (route) =>
    route.request().headers()["next-action"]
      ? route.continue({ headers: { ...route.request().headers(), "next-action": "0".repeat(42) } })
      : route.continue(),
  );
  await sendLead(page);

  await expectSaved(page);
  await expect.poll(countLeads).toBe(before + 1);
});

test("a session that ended keeps everything typed until the person is back", async ({ page, context }) => {
  await typeLead(page, IVAN);
  await context.clearCookies();
  await sendLead(page);

  await expect(page.getByRole("alert").filter({ hasText: "You are signed out." })).toBeVisible();
  await expectStillTyped(page);
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Sign in in a new tab" }).click();
  await signIn(await opened, desk);
  await page.getByRole("button", { name: "Send again" }).click();
  await expectSaved(page);
});

test("an answer lost on its way does not double the lead", async ({ page }) => {
  const before = countLeads();
  await typeLead(page, IVAN);
  await page.route(`${desk.url}/`, async (route) => {
    if (route.request().headers()["next-action"]) await route.fetch();
    await (route.request().method() === "POST" ? route.abort() : route.continue());
  });
  await sendLead(page);

  await expectSaved(page);
  await expect.poll(countLeads).toBe(before + 1);
});

test("a correction of a lead that left unseen is not swallowed", async ({ page }) => {
  const before = countLeads();
  await typeLead(page, IVAN);
  await page.route("**/*", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort();
  });
  await sendLead(page);
  await expect(page.getByRole("alert").filter({ hasText: "No connection" })).toBeVisible();
  await expect.poll(countLeads).toBe(before + 1);

  await page.unrouteAll();
  await typeLead(page, { Surname: "Сидоров" });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("The first version has already left.")).toBeVisible();
  await expect(page.getByLabel("Surname")).toHaveValue("Сидоров");
  await page.getByRole("button", { name: "Send as another lead" }).click();
  await expectSaved(page);
  await expect.poll(countLeads).toBe(before + 2);
});

test("what is typed before the page's script arrives stays, and so does the focus", async ({ page }) => {
  let letScriptsGo = () => undefined as undefined;
  const held = new Promise<void>((resolve) => {
    letScriptsGo = () => void resolve() as undefined;
  });
  await page.route("**/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(desk.url, { waitUntil: "commit" });
  await page.getByLabel("Surname").fill("Петров");
  await page.getByRole("button", { name: "Send and next" }).click();
  await page.getByLabel("Surname").focus();

  letScriptsGo();
  await expect(page.getByText("Ctrl+Enter")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Иван");
  await page.getByLabel("Telegram").fill("@ivan_petrov");
  await expect(page.getByLabel("Surname")).toHaveValue("Петров");
  expect(new URL(page.url()).search).toBe("");

  await page.keyboard.press("Control+Enter");
  await expectSaved(page);
  await expect
    .poll(() => practice.incomingLeads()[0]?.item)
    .toHaveProperty("_embedded.contacts.0.name", "Иван Петров");
});
