import { type Browser, expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { addColleague, change } from "../support/beside";
import { ADMIN, type Desk, findFreePort, freshSettings, startDesk } from "../support/desk";
import { OIDC_CLIENT, startOidc } from "../support/oidc";
import {
  expectAlive,
  expectSaved,
  openAccountMenu,
  openForm,
  sendLead,
  signIn,
  typeLead,
  typeSignIn,
} from "../support/pages";
import { test } from "../support/test";

const PASSWORD = ADMIN.password;

let practice: Practice;
let desk: Desk;
let database: string | undefined;
let oidc: Awaited<ReturnType<typeof startOidc>>;
let count = 0;

test.beforeAll(async () => {
  practice = await startPractice();
  const port = await findFreePort();
  oidc = await startOidc(`http://127.0.0.1:${port}`, {
    toClaims: (email) => ({
      email,
      email_verified: !email.startsWith("unproven"),
      name: `Имя ${email}`,
    }),
  });
  const more = { PORT: String(port), HOLD_SECONDS: "0", OIDC_ISSUER: oidc.issuer, ...OIDC_CLIENT };
  const settings = freshSettings(practice, { ...more, OIDC_ALLOWED_DOMAIN: "example.com" });
  database = settings.DATABASE_URL;
  desk = await startDesk(settings);
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
  oidc.close();
});

function aPerson() {
  count++;
  return { name: `Продавец ${count}`, email: `seller${count}@example.com`, password: PASSWORD };
}

/** Another browser, with nothing in common with the test's own. */
async function openBrowser(browser: Browser): Promise<Page> {
  return (await browser.newContext({ locale: "en" })).newPage();
}

async function addPerson(page: Page, person: { name: string; email: string; password?: string }) {
  await page.goto(`${desk.url}/admin/people/new`);
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.getByLabel("Name", { exact: true }).fill(person.name);
  await page.getByLabel("Email").fill(person.email);
  if (person.password === undefined) {
    await page.getByRole("button", { name: "Create link" }).click();
    return page.getByLabel("One-time link").inputValue();
  }
  await page.getByText("With a password").click();
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Add person" }).click();
  await expect(page.getByText(`${person.name} can sign in now.`)).toBeVisible();
  return "";
}

async function openPerson(page: Page, name: string): Promise<void> {
  await page.goto(`${desk.url}/admin/people`);
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

async function confirm(page: Page, verb: string): Promise<void> {
  await page.getByRole("button", { name: verb, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: verb, exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

test("an invited person chooses a password, works, and is out at the next request once disabled", async ({
  page,
  browser,
}) => {
  const { name, email } = aPerson();
  await signIn(page, desk);
  const link = await addPerson(page, { name, email });

  const theirs = await openBrowser(browser);
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: `Welcome, ${name}` })).toBeVisible();
  await theirs.getByLabel("Password", { exact: true }).fill("short");
  await expectAlive(theirs, "Save and sign in");
  await theirs.getByRole("button", { name: "Save and sign in" }).click();
  await expect(theirs.getByText("Too short")).toBeVisible();
  await theirs.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await expectAlive(theirs, "Save and sign in");
  await theirs.getByRole("button", { name: "Save and sign in" }).click();
  await typeLead(theirs, { Name: "Первый", Phone: "8 900 123-45-67" });
  await sendLead(theirs);
  await expectSaved(theirs);
  const stranger = await openBrowser(browser);
  await stranger.goto(link);
  await expect(stranger.getByText("This link no longer works.")).toBeVisible();

  await openPerson(page, name);
  await confirm(page, "Disable");
  await expect(page.getByText("Disabled")).toBeVisible();

  await theirs.goto(`${desk.url}/leads`);
  await expect(theirs).toHaveURL(/\/sign-in/);
  expect((await theirs.request.get(`${desk.url}/api/leads/recent`)).status()).toBe(401);
  await typeSignIn(theirs, { email, password: PASSWORD });
  await expect(theirs.getByText("Wrong email or password.")).toBeVisible();
});

test("a reset link replaces the password and ends the sessions; an admin cannot use it by mistake", async ({
  page,
  browser,
}) => {
  const person = aPerson();
  await signIn(page, desk);
  addColleague(database, person);
  const theirs = await openBrowser(browser);
  await signIn(theirs, desk, person);
  await openPerson(page, person.name);
  await confirm(page, "New password link");
  const link = await page.getByLabel("One-time link").inputValue();
  await page.goto(link);
  await expect(page.getByText("You’re signed in as Admin.")).toBeVisible();

  const other = await openBrowser(browser);
  await other.goto(link);
  await other.getByLabel("Password", { exact: true }).fill("another sentence");
  await expectAlive(other, "Save and sign in");
  await other.getByRole("button", { name: "Save and sign in" }).click();
  await expect(other.getByLabel("Phone")).toBeVisible();

  await theirs.goto(desk.url);
  await expect(theirs).toHaveURL(/\/sign-in/);
  await signIn(theirs, desk, { ...person, password: "another sentence" });
});

test("the last admin is told why they stay admin, and the link is copied with one press", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page, desk);
  await openPerson(page, "Admin");
  await page.getByText("Seller", { exact: true }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("This is the last admin.")).toBeVisible();
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("dialog").getByText("This is the last admin.")).toBeVisible();
  await page.keyboard.press("Escape");

  const link = await addPerson(page, { name: "Копия", email: "copy@example.com" });
  await page.getByRole("button", { name: "Copy link" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await page.reload();
  await expect(page.getByLabel("One-time link")).toHaveCount(0);
});

test("another role ends the sessions, and then shows more; the language follows the person", async ({
  page,
  browser,
}) => {
  const person = aPerson();
  await signIn(page, desk);
  await addPerson(page, person);
  const theirs = await openBrowser(browser);
  await signIn(theirs, desk, person);
  await openPerson(page, person.name);
  await page.getByText("Admin", { exact: true }).last().click();
  await page.getByText("Русский").last().click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await theirs.goto(desk.url);
  await expect(theirs).toHaveURL(/\/sign-in/);
  await typeSignIn(theirs, person);
  await expect(theirs.getByRole("link", { name: "Сотрудники" })).toBeVisible();
  await expect(theirs.locator("html")).toHaveAttribute("lang", "ru");

  await openPerson(page, person.name);
  await confirm(page, "Disable");
});

test("a person changes name and password and signs out everywhere else", async ({ browser }) => {
  const person = aPerson();
  addColleague(database, person);
  const [mine, other] = [await openBrowser(browser), await openBrowser(browser)];
  const third = await openBrowser(browser);
  await signIn(mine, desk, person);
  await openForm(mine, desk);
  await signIn(third, desk, person);

  await openAccountMenu(mine);
  await mine.getByRole("link", { name: "Profile" }).click();
  await mine.getByLabel("Your name").fill("Новое имя");
  await mine.getByRole("button", { name: "Save name" }).click();
  await expect(mine.getByRole("button", { name: "Account: Новое имя" })).toBeVisible();
  await signIn(other, desk, person);
  await mine.reload();
  const sessions = mine.getByRole("list", { name: "Where you are signed in" }).getByRole("listitem");
  await expect(sessions).toHaveText([/^Chrome.*This browser$/, /^Chrome.*Sign out$/, /^Chrome.*Sign out$/]);
  const buttons = sessions.getByRole("button", { name: /^Sign out Chrome, \w+, last active .+:\d\d$/ });
  const [lately = "", before = ""] = await buttons.evaluateAll((all) =>
    all.map((one) => one.ariaLabel ?? ""),
  );
  expect(lately).not.toBe(before);
  for (const name of [lately, before]) {
    await mine.getByRole("button", { name }).click();
    await expect(mine.getByText("Session ended.")).toHaveCount(0);
    const asked = `End the session in ${name.replace("Sign out ", "")}?`;
    const dialog = mine.getByRole("dialog", { name: asked });
    await dialog.getByRole("button", { name: "Sign out" }).click();
    await expect(mine.getByText("Session ended.")).toBeVisible();
    await expect(mine.getByRole("list", { name: "Where you are signed in" })).toBeFocused();
    await expect(mine.getByRole("button", { name })).toHaveCount(0);
  }
  await expect(sessions).toHaveText([/This browser$/]);
  await third.close();
  await other.goto(desk.url);
  await expect(other).toHaveURL(/\/sign-in/);
  await signIn(other, desk, person);
  await mine.reload();
  await mine.getByRole("button", { name: "Sign out everywhere else" }).click();
  await mine.getByRole("dialog").getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(mine.getByText("Done: you’re signed in only here.")).toBeVisible();
  await other.goto(desk.url);
  await expect(other).toHaveURL(/\/sign-in/);

  await signIn(other, desk, person);
  await mine.getByLabel("Current password").fill("not this one");
  await mine.getByLabel("New password").fill("a better sentence");
  await mine.getByRole("button", { name: "Change password" }).click();
  await expect(mine.getByText("This is not your current password")).toBeVisible();
  await mine.getByLabel("Current password").fill(person.password);
  await mine.getByRole("button", { name: "Change password" }).click();
  await expect(mine.getByText("Password changed. Every other browser is signed out.")).toBeVisible();

  await other.goto(desk.url);
  await expect(other).toHaveURL(/\/sign-in/);
  await mine.goto(`${desk.url}/profile`);
  await expect(mine.getByLabel("Your name")).toHaveValue("Новое имя");
  await expect(sessions).toHaveText([/This browser$/]);
  await signIn(other, desk, { ...person, password: "a better sentence" });
});

test("a session that ends under the form is taken up in place, and the lead goes", async ({
  page,
  browser,
}) => {
  const person = aPerson();
  await signIn(page, desk);
  addColleague(database, person);
  const theirs = await openBrowser(browser);
  await signIn(theirs, desk, person);
  await openForm(theirs, desk);
  await typeLead(theirs, { Name: "Не потеряйте", Phone: "8 900 123-45-67" });
  await openPerson(page, person.name);
  await confirm(page, "Sign out everywhere");

  await sendLead(theirs);
  const dialog = theirs.getByRole("dialog", { name: "Sign in to continue" });
  await expect(dialog.getByLabel("Email")).toHaveValue(person.email);
  await expect(dialog.getByLabel("Password", { exact: true })).toBeFocused();
  await theirs.keyboard.type("wrong at first");
  await theirs.keyboard.press("Enter");
  await expect(dialog.getByText("Wrong email or password.")).toBeVisible();
  await dialog.getByRole("button", { name: "Later" }).click();
  await expect(theirs.getByLabel("Name", { exact: true })).toHaveValue("Не потеряйте");
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await theirs.keyboard.press("Enter");

  await expectSaved(theirs);
  await expect(theirs.getByRole("link", { name: "Не потеряйте" })).toBeVisible();
});

test("too many wrong tries have to wait, in words; who has been here before does not", async ({
  page,
  browser,
}) => {
  const person = aPerson();
  await signIn(page, desk);
  addColleague(database, person);
  const theirs = await openBrowser(browser);
  await signIn(theirs, desk, person);
  await openForm(theirs, desk);
  await openAccountMenu(theirs);
  await theirs.getByRole("button", { name: "Sign out" }).click();
  await expect(theirs).toHaveURL(/\/sign-in/);

  const stranger = await openBrowser(browser);
  await stranger.goto(`${desk.url}/sign-in`);
  await expect(stranger.getByLabel("Email")).toBeFocused();
  await stranger.getByLabel("Email").fill(person.email);
  for (let tries = 0; tries < 5; tries++) {
    await stranger.getByLabel("Password", { exact: true }).fill(`guess ${tries}`);
    await stranger.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(stranger.getByText("Wrong email or password.")).toBeVisible();
  }
  await stranger.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(stranger.getByText(/^Too many wrong attempts\. Wait \d+ seconds?\.$/)).toBeVisible();

  await signIn(theirs, desk, person);
  await openPerson(page, person.name);
  await confirm(page, "New password link");
  const fresh = await openBrowser(browser);
  await fresh.goto(await page.getByLabel("One-time link").inputValue());
  await fresh.getByLabel("Password", { exact: true }).fill("a fresh sentence");
  await expectAlive(fresh, "Save and sign in");
  await fresh.getByRole("button", { name: "Save and sign in" }).click();
  await expect(fresh.getByLabel("Phone")).toBeVisible();
});

test("everything above is in the log, in sentences that can be narrowed down", async ({ page }) => {
  const person = aPerson();
  await signIn(page, desk);
  await addPerson(page, person);
  await openPerson(page, person.name);
  await confirm(page, "Sign out everywhere");
  await page.getByRole("link", { name: "Activity" }).click();

  const lines = page.getByRole("list", { name: "Events, newest first" }).getByRole("listitem");
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).toContainText(`Admin signed ${person.name} out everywhere`);
  await page.getByLabel("Event", { exact: true }).selectOption({ label: "Person added" });
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(lines).toHaveCount(1);
  await expect(lines.first()).toContainText(`Admin added ${person.name}`);
  await page.getByLabel("From", { exact: true }).fill("2199-01-01");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText("No events match these filters")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(`${desk.url}/admin/people/log`);
  await expect(lines.filter({ hasText: "Admin signed in with a password" }).first()).toBeVisible();
});

test.describe("single sign-on", () => {
  async function enter(page: Page, email: string): Promise<void> {
    await page.goto(`${desk.url}/leads`);
    await page.getByRole("button", { name: "Sign in with single sign-on" }).click();
    await page.getByPlaceholder("Enter any login").fill(email);
    await page.getByPlaceholder("and password").fill("anything");
    await page.getByRole("button", { name: "Sign-in" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
  }

  test("a newcomer of the domain becomes a seller and reaches the page they came for", async ({ page }) => {
    await enter(page, "newcomer@example.com");

    await expect(page).toHaveURL(`${desk.url}/leads`);
    await openAccountMenu(page);
    await expect(page.getByText("Seller · newcomer@example.com")).toBeVisible();
    await page.goto(`${desk.url}/profile`);
    await expect(page.getByText("so you have no Lead Desk password")).toBeVisible();
    expect((await page.request.get(`${desk.url}/admin/people`)).status()).toBe(404);
  });

  test("who has no password proves who they are at the provider, in another tab, and goes on", async ({
    page,
  }) => {
    await enter(page, "careful@example.com");
    await expect(page).toHaveURL(`${desk.url}/leads`);
    await page.goto(`${desk.url}/profile`);
    change(database, "update sessions set proven_at = proven_at - 11 * 60 * 1000");
    await page.getByRole("button", { name: "Set up the app" }).click();
    const dialog = page.getByRole("dialog", { name: "Is it you?" });

    const opened = page.waitForEvent("popup");
    await dialog.getByRole("button", { name: "Sign in in a new tab" }).click();
    const tab = await opened;
    await tab.getByPlaceholder("Enter any login").fill("careful@example.com");
    await tab.getByPlaceholder("and password").fill("anything");
    await tab.getByRole("button", { name: "Sign-in" }).click();
    await expect(tab).toHaveURL(`${desk.url}/profile`);
    await dialog.getByRole("button", { name: "I’ve signed in, continue" }).click();

    await expect(page.getByLabel("Code from the app")).toBeVisible();
    await expect(dialog).toHaveCount(0);
  });

  test("a person of ours keeps their role", async ({ page }) => {
    await enter(page, ADMIN.email);

    await expect(page.getByRole("link", { name: "People" })).toBeVisible();
  });

  for (const [email, words] of [
    ["unproven@example.com", "Your email isn’t verified."],
    ["someone@elsewhere.com", "You don’t have access yet."],
  ] as const) {
    test(`${email} is told why not`, async ({ page }) => {
      await enter(page, email);

      await expect(page.getByText(words)).toBeVisible();
      await page.goto(`${desk.url}/leads`);
      await expect(page).toHaveURL(/\/sign-in/);
    });
  }

  test("a disabled person stays out", async ({ page, browser }) => {
    const person = aPerson();
    await signIn(page, desk);
    addColleague(database, person);
    await openPerson(page, person.name);
    await confirm(page, "Disable");

    const theirs = await openBrowser(browser);
    await enter(theirs, person.email);

    await expect(theirs.getByText("Your access is disabled.")).toBeVisible();
  });
});

// The last one: the address has to wait afterwards.
test("a thousand tries from one address are refused one by one", async () => {
  const csrf = await fetch(`${desk.url}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  const cookie = csrf.headers
    .getSetCookie()
    .map((set) => set.split(";")[0])
    .join("; ");
  const statuses = new Map<number, number>();
  for (let round = 0; round < 50; round++) {
    const answers = Array.from({ length: 20 }, async (_, index) => {
      const email = `nobody${round}-${index}@example.org`;
      const answer = await fetch(`${desk.url}/api/auth/callback/credentials`, {
        method: "POST",
        // A visitor's own word about where they come from counts for nothing.
        headers: { cookie, "x-forwarded-for": `203.0.113.${index}` },
        body: new URLSearchParams({ email, password: "guess", csrfToken, json: "true" }),
      });
      await answer.arrayBuffer();
      return answer.status;
    });
    for (const status of await Promise.all(answers)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }

  expect([...statuses]).toEqual([[401, 1000]]);
  expect((await fetch(`${desk.url}/api/health`)).status).toBe(200);
});
