import { DatabaseSync } from "node:sqlite";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { readLeadStates } from "../support/lead-states";
import {
  endSession,
  expectAlive,
  expectParts,
  expectSaved,
  onDevice,
  openForm,
  openWays,
  sendLead,
  signIn,
  typeLead,
} from "../support/pages";
import { test } from "../support/test";

let practice: Practice;
let desk: Desk;
let databaseUrl: string;

const IVAN = { Phone: "+7 900 123-45-67", Name: "Иван", Surname: "Петров" };

test.beforeAll(async () => {
  practice = await startPractice();
  const settings = freshSettings(practice, { HOLD_SECONDS: "1" });
  databaseUrl = String(settings.DATABASE_URL);
  desk = await startDesk(settings);
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});
test.beforeEach(async ({ page }) => {
  await signIn(page, desk);
  await openForm(page, desk);
  await expectAlive(page);
});

// What is still on its way when a test ends is nobody's.
test.afterEach(({ page }) => page.unrouteAll({ behavior: "ignoreErrors" }));

/** Keeps what the page posts on its way until the answered function is called. */
async function holdPosts(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/*", async (route) => {
    if (route.request().method() === "POST") await promise;
    await route.continue();
  });
  return resolve;
}

/** What is sent arrives, and nobody hears of it. */
async function loseAnswers(page: Page): Promise<void> {
  await page.route("**/*", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort();
  });
}

/** Those that hold the words. */
async function holdScripts(page: Page, words = ""): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/*.js", async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    if (body.includes(words)) await promise;
    await route.fulfill({ response, body });
  });
  return resolve;
}

async function expectStillTyped(page: Page): Promise<void> {
  for (const [label, value] of Object.entries(IVAN)) {
    await expect(page.getByLabel(label, { exact: true })).toHaveValue(value);
  }
}

/** As an admin does while pages are open. */
async function askConsent(text: string | undefined): Promise<void> {
  const file = new DatabaseSync(databaseUrl.slice("file:".length), { timeout: 5000 });
  if (text) {
    const texts = JSON.stringify({ en: text, ru: "", es: "", pt: "" });
    file.prepare("insert into consent_texts (version, texts, created_at) values (1, ?, 1)").run(texts);
  }
  file.prepare("update consent_rule set asked_at = ?").run(text ? 1 : null);
  file.close();
}

/** What the tests before have saved arrives first. */
async function countArrived(): Promise<number> {
  await expect
    .poll(async () => {
      const leads = await readLeadStates(databaseUrl);
      return [...leads.values()].filter(({ state }) => !["confirmed", "withdrawn"].includes(state)).length;
    })
    .toBe(0);
  return countLeads();
}

function countLeads(): number {
  return new Set(practice.incomingLeads().map((lead) => lead.requestId)).size;
}

test("the keyboard alone sends a lead, and the next one is typed while it is on its way", async ({
  page,
}) => {
  await test.step("a lead is typed and sent by the keyboard alone, with the focus back in Phone", async () => {
    await expect(page.getByLabel("Phone")).toBeFocused();
    await page.keyboard.type("89001234567");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Иван");
    await page.keyboard.press("Control+Enter");

    await expectSaved(page);
    await expect(page.getByLabel("Phone")).toBeFocused();
    await page.keyboard.type("next");
    await expect(page.getByLabel("Phone")).toHaveValue("next");
    await page.getByLabel("Phone").fill("");
  });

  await test.step("Enter goes from field to field and sends from the last", async () => {
    const before = await countArrived();
    for (const text of ["89001234569", "Иван", "Петров", "@ivan_petrov", "expo"]) {
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
    }

    await expectSaved(page);
    await expect.poll(countLeads).toBe(before + 1);
  });

  await test.step("typing the next lead while the first is on its way is not interrupted", async () => {
    const release = await holdPosts(page);
    await typeLead(page, IVAN);
    await sendLead(page);
    await page.getByLabel("Telegram").pressSequentially("@an");

    release();
    await expectSaved(page);
    await page.keyboard.type("na");
    await expect(page.getByLabel("Telegram")).toHaveValue("@anna");
    await expect(page.getByLabel("Phone")).toHaveValue("");
  });
});

test("a phone that is put in order while its lead is on its way is not the next one's", async ({ page }) => {
  const phone = page.getByLabel("Phone");
  const releasePosts = await holdPosts(page);
  const releaseCheck = await holdScripts(page, "checkField");
  await typeLead(page, { Name: "Иван", Phone: "89001234570" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("status").filter({ hasText: "Saving" })).toBeVisible();

  const countLoaded = () => page.evaluate(() => performance.getEntriesByType("resource").length);
  const before = await countLoaded();
  releaseCheck();
  await expect.poll(countLoaded).toBeGreaterThan(before);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  releasePosts();

  await expectSaved(page);
  await expect(phone).toHaveValue("");
  await expect(phone).toBeFocused();
});

test("one press too many makes no lead, and one too early shows all errors", async ({ page }) => {
  await test.step("a double click, a held key and a press on the empty form are one lead and no error", async () => {
    const before = await countArrived();
    const button = page.getByRole("button", { name: "Send and next" });
    await typeLead(page, IVAN);
    await button.dblclick();
    await expectSaved(page);
    await button.click();
    await page.getByLabel("Source", { exact: true }).press("Enter");
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);

    await typeLead(page, { ...IVAN, Phone: "+7 900 123-45-68", Source: "expo" });
    await page.getByLabel("Surname").focus();
    for (let held = 0; held < 8; held++) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await expect(page.getByLabel("Telegram")).toBeFocused();
    await page.keyboard.down("Control");
    for (let held = 0; held < 8; held++) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await page.keyboard.up("Control");

    await expectSaved(page);
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
    await expect.poll(countLeads).toBe(before + 2);
  });

  await test.step("all errors stand at their fields at once, and the focus is in the first", async () => {
    await typeLead(page, { Email: "ivan@", Income: "много" });
    await page.locator("summary", { hasText: "More" }).click();
    await sendLead(page);

    await expect(page.getByLabel("Phone")).toHaveAttribute("aria-invalid", "false");
    await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
    await expect(page.getByLabel("Email")).toBeVisible();
    for (const [label, words] of [
      ["Name", "Enter a name or surname"],
      ["Email", "Check the address, for example name@example.com"],
      ["Income", "Enter the income as a number: 120000"],
    ] as const) {
      await expect(page.getByLabel(label, { exact: true })).toHaveAccessibleDescription(words);
    }

    await typeLead(page, { Name: "Иван" });
    await sendLead(page);
    await expect(page.getByLabel("Email")).toBeFocused();
  });
});

test("what the server answers decides about the form, and it answers whole bodies of people alone", async ({
  page,
  context,
  request,
}) => {
  await test.step("a lead is posted to an address that a deployment does not change", async () => {
    await typeLead(page, IVAN);
    const asked = page.waitForRequest((request) => request.method() === "POST");
    await sendLead(page);

    await expectSaved(page);
    expect(new URL((await asked).url()).pathname).toBe("/api/leads");
  });

  await test.step("a server that answers 500 keeps everything typed", async () => {
    await typeLead(page, IVAN);
    await page.route("**/*", (route) =>
      route.request().method() === "POST" ? route.fulfill({ status: 500, body: "<html>" }) : route.continue(),
    );
    await sendLead(page);

    await expect(page.getByRole("alert").filter({ hasText: "couldn’t save the lead" })).toBeVisible();
    await expectStillTyped(page);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await expectSaved(page);
  });

  await test.step("a decision leaves with the lead that it was about", async () => {
    await typeLead(page, IVAN);
    await sendLead(page);
    await expectSaved(page);
    await page.getByLabel("Phone").fill("8");
    await expect(page.getByText("Saved", { exact: true })).toHaveCount(0);

    await page.route("**/*", (route) =>
      route.request().method() === "POST" ? route.fulfill({ status: 500, body: "<html>" }) : route.continue(),
    );
    await typeLead(page, IVAN);
    await sendLead(page);
    await expect(page.getByText("The server couldn’t save the lead.")).toBeVisible();
    await page.getByLabel("Name", { exact: true }).fill("");
    await page.getByLabel("Surname").fill("");
    await sendLead(page);
    await expect(page.getByText("Enter a name or surname")).toBeVisible();
    await expect(page.getByText("The server couldn’t save the lead.")).toHaveCount(0);
  });

  await test.step("the route takes small, whole bodies of people who are signed in", async () => {
    const address = `${desk.url}/api/leads`;
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const headers = { cookie, "content-type": "application/json" };
    const stream = { method: "POST", headers, body: new Blob(["{}"]).stream(), duplex: "half" } as const;

    const heavy = { data: { name: "x".repeat(256 * 1024) } };
    expect((await request.post(address, { data: {} })).status()).toBe(401);
    expect((await page.request.post(address, heavy)).status()).toBe(413);
    expect((await fetch(address, stream)).status).toBe(411);
    expect((await page.request.post(address, { data: {} })).status()).toBe(422);
    const ofAnother = "?author=0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10";
    expect((await page.request.post(address + ofAnother, { data: {} })).status()).toBe(401);
    expect((await page.request.post(`${address}/1/withdraw${ofAnother}`)).status()).toBe(401);
  });
});

test("what is typed survives a walk to the leads, a reload and a lost answer, as one lead", async ({
  page,
  context,
}) => {
  const before = await countArrived();
  await typeLead(page, { ...IVAN, Profession: "Маркетолог" });
  await page.getByRole("link", { name: "Leads", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  await page.goBack();
  await expectStillTyped(page);
  await loseAnswers(page);
  await letGoLate(page, context);
  await page.reload();
  await expectStillTyped(page);
  await expect(page.getByLabel("Profession")).toBeVisible();
  await sendLead(page);
  await expect(onDevice(page)).toContainText("Иван Петров");

  await openWays(page);
  await page.reload();
  await expect(onDevice(page)).toHaveCount(0);
  await expect.poll(countLeads).toBe(before + 1);
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
});

/** Once the page is gone, something has the draft's lock until a second after the next page wants it, as on a busy device. */
async function letGoLate(page: Page, context: BrowserContext): Promise<void> {
  const draft = await page.evaluate(() => sessionStorage.getItem("lead-desk-tab") ?? "");
  const beside = await context.newPage();
  await beside.goto(`${desk.url}/.well-known/security.txt`);
  await beside.evaluate((name) => {
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const isWanted = async () => (await navigator.locks.query()).pending?.some((lock) => lock.name === name);
    void navigator.locks.request(name, async () => {
      while (!(await isWanted())) await wait(50);
      await wait(1000);
    });
  }, draft);
}

test("a lead's state is told wherever it is seen, until its reader is signed out", async ({
  page,
  context,
}) => {
  await test.step("the leads and a lead's page follow it to Kommo by themselves", async () => {
    // It waits for what the page asks again by itself.
    test.slow();
    practice.failNext({ kind: "slow", ms: 4000, method: "POST" });
    await typeLead(page, { ...IVAN, Name: "Следим" });
    await sendLead(page);
    await expectSaved(page);
    await page.getByRole("link", { name: "Следим Петров" }).click();
    await expect(page).toHaveTitle(/^Следим Петров/);
    await expect(page.getByText("Sending").first()).toBeVisible();

    await expect(page.getByRole("link", { name: /^In Kommo #/ })).toBeVisible({ timeout: 15_000 });
  });

  await test.step("the list says that a lead has arrived, and that it is out of date or its reader signed out", async () => {
    await page.getByRole("link", { name: /^New lead/ }).click();
    await typeLead(page, { ...IVAN, Name: "Мария" });
    await sendLead(page);
    await expect(page.getByRole("status").filter({ hasText: "Мария Петров: in Kommo" })).toHaveCount(1);
    await page.keyboard.press("Alt+KeyU");
    await expect(page.getByText("Too late to undo or edit: your last lead has left")).toBeVisible();

    const comeBack = () => page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    await context.setOffline(true);
    await expect(async () => {
      await comeBack();
      await expect(page.getByText("This list is out of date.")).toBeVisible({ timeout: 1000 });
    }).toPass();
    await context.setOffline(false);
    await endSession(page, desk);
    await expect(async () => {
      await comeBack();
      await expect(page.getByRole("link", { name: "Sign in in a new tab" })).toBeVisible({ timeout: 1000 });
    }).toPass();
  });
});

test("a lead sent without a connection waits on the device, and is in Kommo once it is back", async ({
  page,
  context,
}) => {
  const before = await countArrived();
  await expectParts(page);
  await context.setOffline(true);
  await typeLead(page, IVAN);
  await sendLead(page);

  await expect(onDevice(page)).toContainText("Иван Петров");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
  await context.setOffline(false);
  await expect(onDevice(page)).toHaveCount(0);
  await expect.poll(countLeads).toBe(before + 1);
});

test("a connection that is gone before the parts of the page came is named all the same", async ({
  page,
  context,
}) => {
  await expectAlive(page);
  await page.route("**/_next/static/chunks/**", (route) => route.abort());
  await typeLead(page, IVAN);
  await context.setOffline(true);
  await sendLead(page);

  await expect(page.getByRole("alert").filter({ hasText: "No connection to the server." })).toBeVisible();
  await expectStillTyped(page);
  await page.unrouteAll();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expectSaved(page);
});

test("two tabs are two forms, and a session that ended takes nothing from them", async ({
  page,
  context,
}) => {
  await test.step("two tabs that send are two leads, and each empties its own form alone", async () => {
    const before = await countArrived();
    await typeLead(page, IVAN);
    const other = await context.newPage();
    await other.goto(desk.url);
    await typeLead(other, { ...IVAN, Name: "Пётр" });
    await sendLead(other);
    await expectSaved(other);
    await expectStillTyped(page);
    await sendLead(page);
    await expectSaved(page);

    await expect.poll(countLeads).toBe(before + 2);
    await other.reload();
    await expect(other.getByLabel("Name", { exact: true })).toHaveValue("");
    await other.close();
  });

  await test.step("a session that ended keeps everything typed until the person is back", async () => {
    await typeLead(page, IVAN);
    await endSession(page, desk);
    await sendLead(page);

    await expect(page.getByRole("alert").filter({ hasText: "You’re signed out." })).toBeVisible();
    await expectStillTyped(page);
    const dialog = page.getByRole("dialog", { name: "Sign in to continue" });
    await dialog.getByLabel("Password", { exact: true }).fill(ADMIN.password);
    await page.keyboard.press("Enter");
    await expectSaved(page);
  });
});

test("a lead saved unseen is neither overwritten nor swallowed by what is typed after it", async ({
  page,
}) => {
  await test.step("a lead saved unseen is not overwritten by the next one typed in its place", async () => {
    const before = await countArrived();
    await typeLead(page, IVAN);
    await loseAnswers(page);
    await sendLead(page);
    await expect(onDevice(page)).toContainText("Иван Петров");
    await openWays(page);

    await typeLead(page, { Phone: "+7 900 765-43-21", Name: "Анна" });
    await sendLead(page);
    await expectSaved(page);
    await expect.poll(countLeads).toBe(before + 2);
  });

  await test.step("a correction of a lead that left unseen is not swallowed", async () => {
    const before = await countArrived();
    await typeLead(page, IVAN);
    await loseAnswers(page);
    await sendLead(page);
    await expect.poll(countLeads).toBe(before + 1);

    await onDevice(page).getByRole("button", { name: "Edit" }).click();
    await typeLead(page, { Surname: "Сидоров" });
    await openWays(page);
    await sendLead(page);
    await expect(page.getByText("The first version has already been sent.")).toBeVisible();
    await expect(page.getByLabel("Surname")).toHaveValue("Сидоров");
    await askConsent("Agrees to be called");
    await page.getByRole("button", { name: "Send as another lead" }).click();
    const consent = page.getByRole("checkbox", { name: "Agrees to be called" });
    await expect(consent).toBeFocused();
    await consent.check();
    await sendLead(page);
    await expectSaved(page);
    await askConsent(undefined);
    await expect(onDevice(page)).toHaveCount(0);
    await expect.poll(countLeads).toBe(before + 2);
  });
});

test("what is typed and pressed before the page's script arrives is neither lost nor doubled nor told to anybody", async ({
  page,
}) => {
  await test.step("what is typed before the page's script arrives stays, and so does the focus", async () => {
    const letScriptsGo = await holdScripts(page);
    await page.goto(desk.url, { waitUntil: "commit" });
    await page.getByLabel("Surname").fill("Петров");

    letScriptsGo();
    await expect(page.getByText("Ctrl+Enter")).toBeVisible();
    await page.getByLabel("Name", { exact: true }).fill("Иван");
    await page.getByLabel("Telegram").fill("@ivan_petrov");
    await expect(page.getByLabel("Surname")).toHaveValue("Петров");
    expect(new URL(page.url()).search).toBe("");

    await sendLead(page);
    await expectSaved(page);
    await expect
      .poll(() => practice.incomingLeads()[0]?.item)
      .toHaveProperty("_embedded.contacts.0.name", "Иван Петров");
  });

  await test.step("a press before the page's script arrives sends the lead, once", async () => {
    await openWays(page);
    const before = await countArrived();
    const letScriptsGo = await holdScripts(page);
    await page.goto(desk.url, { waitUntil: "commit" });
    await page.getByLabel("Phone").fill(IVAN.Phone);
    await page.getByLabel("Name", { exact: true }).fill("Ранний");
    const button = page.getByRole("button", { name: "Send and next" });
    await button.click();
    await button.click();

    letScriptsGo();
    await expectSaved(page);
    await expect.poll(countLeads).toBe(before + 1);
  });

  await test.step("a press that is followed by other words waits for another one", async () => {
    await openWays(page);
    const letScriptsGo = await holdScripts(page);
    await page.goto(desk.url, { waitUntil: "commit" });
    await page.getByLabel("Phone").fill(IVAN.Phone);
    await page.getByRole("button", { name: "Send and next" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Поздний");
    const posts: string[] = [];
    page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));

    letScriptsGo();
    await expectParts(page);
    expect(posts.filter((url) => url.endsWith("/api/leads"))).toEqual([]);
    await sendLead(page);
    await expectSaved(page);
  });

  await test.step("a sign-in pressed before the page's script arrives puts no password into the address", async () => {
    await openWays(page);
    await endSession(page, desk);
    const letScriptsGo = await holdScripts(page);
    await page.goto(`${desk.url}/sign-in`, { waitUntil: "commit" });
    await page.getByLabel("Email").fill(ADMIN.email);
    await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(page.url()).toBe(`${desk.url}/sign-in`);

    letScriptsGo();
    await page.waitForURL(`${desk.url}/`);
  });
});

test("a button that moves away between the press and its end is pressed", async ({ page }) => {
  // High enough for the form to end above the window's end.
  await page.setViewportSize({ width: 1280, height: 1400 });
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/api/leads/duplicates**", async (route) => {
    await promise;
    await route.continue();
  });
  await typeLead(page, IVAN);
  await sendLead(page);
  await expectSaved(page);
  await typeLead(page, IVAN);
  const button = page.getByRole("button", { name: "Send and next" });
  const topOf = async () => (await button.boundingBox())?.y ?? 0;
  const [before, box] = [await topOf(), await button.boundingBox()];
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
  await page.mouse.down();
  resolve();
  await expect.poll(topOf).toBeGreaterThan(before + 30);
  await page.mouse.up();
  await expectSaved(page);

  await typeLead(page, IVAN);
  await button.hover();
  await page.mouse.down();
  await page.mouse.move(40, 40);
  await page.mouse.up();
  await expectParts(page);
  await expectStillTyped(page);
});
