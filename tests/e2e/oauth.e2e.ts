import { DatabaseSync } from "node:sqlite";
import { expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { expectSaved, openForm, sendLead, signIn, typeLead } from "../support/pages";
import { test } from "../support/test";

let practice: Practice;
/** Another site than the desk's, as the real Kommo is: only then cookies are put to the test. */
let kommoUrl: string;
let desk: Desk;
let database: string;

test.describe.configure({ mode: "serial" });
test.beforeEach(({ page }) => signIn(page, desk));

/** A fresh desk, beside a Kommo of its own that it is not connected with by OAuth yet. */
async function startBoth(): Promise<void> {
  practice = await startPractice();
  practice.control.renameHost("localhost");
  kommoUrl = practice.url.replace("127.0.0.1", "localhost");
  const kommo = { url: kommoUrl, token: practice.token };
  const settings = freshSettings(kommo, { HOLD_SECONDS: "0", OWN_PRACTICE: "1" });
  database = settings.DATABASE_URL?.replace("file:", "") ?? "";
  desk = await startDesk(settings);
  practice.control.setAddresses({
    redirectUri: `${desk.url}/api/kommo/oauth`,
    hookUrl: `${desk.url}/api/kommo/disabled`,
  });
}

async function stopBoth(): Promise<void> {
  await desk.stop();
  await practice.close();
}

async function openWay(page: Page, disclosure: string, way: string): Promise<void> {
  await page.goto(`${desk.url}/admin/kommo`);
  await page.getByText(disclosure, { exact: true }).click();
  await page.getByRole("radio", { name: way }).check({ force: true });
}

async function send(page: Page, name: string): Promise<void> {
  await openForm(page, desk);
  await typeLead(page, { Name: name, Phone: "+7 900 123-45-67" });
  await sendLead(page);
  await expectSaved(page);
}

/** As the next look at the account would find it. */
function noteRevoked(): void {
  const db = new DatabaseSync(database, { timeout: 5000 });
  db.prepare("update grants set problem = 'grant_revoked'").run();
  db.close();
}

const names = () => practice.incomingLeads().map(({ item }) => JSON.stringify(item));

test.describe("an integration", () => {
  test.beforeAll(startBoth);
  test.afterAll(stopBoth);

  test("a code that was copied connects, and a used one is refused in words", async ({ page }) => {
    const { clientId, clientSecret } = practice.control.integration();
    const code = practice.control.issueCode();
    await openWay(page, "Connect a real account", "Copied code");
    const panel = page.getByRole("region", { name: "Connection" });
    await expect(panel.getByText(`${desk.url}/api/kommo/disabled`)).toBeVisible();
    await panel.getByLabel("Subdomain").fill(kommoUrl);
    await panel.getByLabel("Integration ID").fill(clientId);
    await panel.getByLabel("Secret key").fill(clientSecret);
    await panel.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(panel.getByLabel("Authorization code")).toBeFocused();
    await panel.getByLabel("Authorization code").fill(code);
    await panel.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(panel.getByText("Connected. All waiting leads leave now.")).toBeVisible();
    await expect(panel.getByText("Renews itself")).toBeVisible();
    await expect(panel.getByText("Allowed in Kommo: account data, notifications.")).toBeVisible();

    await panel.getByText("Connect again with a new code").click();
    await panel.getByLabel("Authorization code").fill(code);
    await panel.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(panel.getByText("This code has been used already.")).toBeVisible();

    await send(page, "Иван");
    await expect.poll(names).toEqual([expect.stringContaining("Иван")]);
  });

  test("Kommo’s page is denied, allowed, and brings back what was disabled with leads waiting", async ({
    page,
  }) => {
    await openWay(page, "Replace connection", "Kommo’s page");
    await page.getByRole("button", { name: "Connect with Kommo" }).click();
    await page.getByRole("button", { name: "Deny" }).click();
    await expect(page.getByText("Access was denied in Kommo")).toBeVisible();
    await expect(page).toHaveURL(`${desk.url}/admin/kommo`);
    await expect(page.getByText("Access was denied in Kommo")).toBeVisible();

    // The way stands open, with all that is known.
    await page.getByRole("button", { name: "Connect with Kommo" }).click();
    await page.waitForURL(`${kommoUrl}/oauth?**`);
    const back = page.waitForResponse((response) => response.url().includes("/api/kommo/oauth?"));
    await page.getByRole("button", { name: "Allow" }).click();
    await expect(page.getByText("Connected. All waiting leads leave now.")).toBeVisible();
    await expect(page).toHaveURL(`${desk.url}/admin/kommo`);
    await expect(page.getByText("Connected. All waiting leads leave now.")).toBeVisible();
    const returned = await back;
    expect(returned.headers()).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "same-origin",
    });
    await page.goto(returned.url());
    await expect(page.getByText("This way back from Kommo had been used already")).toBeVisible();

    expect(await practice.control.disableIntegration({ signature: "wrong" })).toBe(403);
    expect(await practice.control.callHook()).toBe(200);
    await send(page, "Мария");
    await expect(page.getByText("Someone disabled our integration in Kommo at")).toBeVisible();
    noteRevoked();
    await page.goto(`${desk.url}/overview`);
    await expect(page.getByText("Someone disabled our integration in Kommo at")).toBeVisible();
    await expect(page.getByText("The Kommo token expires")).toHaveCount(0);
    await page.getByRole("link", { name: "Connect Kommo again" }).click();
    await expect(page.getByText(/^Ended/)).toBeVisible();
    await page.getByRole("button", { name: "Connect again" }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await expect(page.getByText("Connected. All waiting leads leave now.")).toBeVisible();
    await expect.poll(names).toEqual([expect.stringContaining("Мария"), expect.stringContaining("Иван")]);
  });

  test("a way back without a session connects nothing and leaks no code", async ({ browser }) => {
    const context = await browser.newContext();
    const stranger = await context.newPage();
    await stranger.goto(`${desk.url}/api/kommo/oauth?state=x&code=def502&referer=a.kommo.com`);

    await expect(stranger.getByRole("button", { name: "Sign in" })).toBeVisible();
    expect(stranger.url()).not.toContain("def502");
    await context.close();
  });
});

test.describe("an integration that was entered for the first connection", () => {
  test.beforeAll(startBoth);
  test.afterAll(stopBoth);

  test("outlives Deny, a way back and another visit, and connects without its key", async ({
    page,
    context,
  }) => {
    const { clientId, clientSecret } = practice.control.integration();
    await openWay(page, "Connect a real account", "Kommo’s page");
    await page.getByLabel("Subdomain").fill(kommoUrl);
    await page.getByLabel("Integration ID").fill(clientId);
    await page.getByLabel("Secret key").fill(clientSecret);
    await page.getByRole("button", { name: "Connect with Kommo" }).click();
    await page.getByRole("button", { name: "Deny" }).click();
    await expect(page.getByText("Access was denied in Kommo")).toBeVisible();

    const expectKept = async () => {
      await expect(page.getByLabel("Subdomain")).toHaveValue(kommoUrl);
      await expect(page.getByLabel("Integration ID")).toHaveValue(clientId);
      await expect(page.getByLabel("Secret key")).toHaveValue("");
      await expect(page.getByLabel("Secret key")).toHaveAccessibleDescription(/^Kept encrypted/);
      await expect(page.getByText("Kept from your last attempt: nothing is connected")).toBeVisible();
      expect(await page.content()).not.toContain(clientSecret);
    };
    await expectKept();
    await page.goto(`${desk.url}/admin/kommo`);
    await expectKept();
    await expect(page.getByText("This is the practice account")).toBeVisible();

    await page.getByLabel("Integration ID").fill("another-integration");
    await page.getByRole("button", { name: "Connect with Kommo" }).click();
    await expect(page.getByText("This isn’t the whole secret key: copy it again")).toBeVisible();
    await page.getByLabel("Integration ID").fill(clientId);
    await page.getByRole("button", { name: "Connect with Kommo" }).click();
    await page.waitForURL(`${kommoUrl}/oauth?**`);
    await page.goBack();
    await expectKept();

    await context.addCookies([{ name: "lead-desk-locale", value: "ru", url: desk.url }]);
    await page.reload();
    await expect(page.getByLabel("Секретный ключ")).toHaveAccessibleDescription(/^Сохранён зашифрованным/);
    await page.getByRole("button", { name: "Подключить через Kommo" }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await expect(page.getByText("Подключено. Все ожидающие лиды сейчас уйдут.")).toBeVisible();
    await page.getByText("Заменить подключение", { exact: true }).click();
    await page.getByRole("radio", { name: "Страница Kommo" }).check({ force: true });
    await expect(page.getByText(`Интеграция ${clientId} известна`)).toBeVisible();
    await expect(page.getByText("Данные остались с прошлой попытки")).toHaveCount(0);
  });
});
