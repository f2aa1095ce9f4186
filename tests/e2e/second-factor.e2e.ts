import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { addColleague, change } from "../support/beside";
import { ADMIN, type Desk, findFreePort, freshSettings, startDesk } from "../support/desk";
import { expectAlive, openAccountMenu, signIn, typeSignIn } from "../support/pages";
import { test } from "../support/test";
import { fromBase32, toCodeNow } from "../support/totp";

let practice: Practice;
let desk: Desk;
let database: string | undefined;
let codesLeft: string[] = [];
let signedIn: Awaited<ReturnType<BrowserContext["cookies"]>> = [];

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  practice = await startPractice();
  const port = await findFreePort();
  // Browsers tie passkeys to a name, and 127.0.0.1 is none.
  const url = `http://localhost:${port}`;
  const settings = freshSettings(practice, { PORT: String(port), NEXTAUTH_URL: url });
  database = settings.DATABASE_URL;
  desk = { ...(await startDesk(settings)), url };
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

async function openBrowser(browser: Browser): Promise<Page> {
  return (await browser.newContext({ locale: "en" })).newPage();
}

/** As if the last proof of every session were eleven minutes old. */
function ageProofs(): void {
  change(database, "update sessions set proven_at = proven_at - 11 * 60 * 1000");
}

test("an app is set up in the profile, and a sign-in asks for its code", async ({ page, browser }) => {
  await signIn(page, desk);
  await page.goto(`${desk.url}/profile`);
  await page.getByRole("button", { name: "Set up the app" }).click();
  const typed = (await page.locator("code").innerText()).replaceAll(/\s/g, "");
  expect(await listViolations(page)).toEqual([]);
  await page.getByLabel("Code from the app").fill("000000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Wrong or already used.")).toBeVisible();
  await page.getByLabel("Code from the app").fill(toCodeNow(fromBase32(typed)));
  await page.getByRole("button", { name: "Confirm" }).click();
  const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const [first = "", ...others] = await codes.allInnerTexts();
  codesLeft = others;
  await page.getByRole("button", { name: "I’ve saved them" }).click();
  await expect(codes).toHaveCount(0);
  await expect(page.getByText("10 codes left")).toBeVisible();

  const other = await openBrowser(browser);
  await other.goto(`${desk.url}/leads?state=confirmed`);
  await typeSignIn(other);
  await expect(other.getByRole("heading", { name: "One more step" })).toBeVisible();
  await expect(other.getByLabel("Code from the app")).toBeFocused();
  expect(await listViolations(other)).toEqual([]);
  await other.goto(`${desk.url}/leads`);
  await expect(other.getByRole("heading", { name: "One more step" })).toBeVisible();
  await other.getByLabel("Code from the app").fill("000000");
  await other.keyboard.press("Enter");
  await expect(other.getByText("Wrong or already used.")).toBeVisible();
  // The step of the code that set the app up is spent: a recovery code does without waiting for the next.
  await other.getByRole("button", { name: "Use a recovery code" }).click();
  await other.getByLabel("Recovery code").fill(first);
  await other.keyboard.press("Enter");
  await expect(other.getByRole("heading", { name: "Leads" })).toBeVisible();
  signedIn = await other.context().cookies();
});

test("an export asks again, with what the person has, and goes on", async ({ page: other }) => {
  await other.context().addCookies(signedIn);
  await other.goto(`${desk.url}/leads`);
  ageProofs();
  await expectAlive(other, "Export");
  await other.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = other.getByRole("dialog", { name: "Is it you?" });
  await expect(dialog.getByLabel("Code from the app")).toBeFocused();
  await expect(dialog.getByRole("button", { name: "Use your password" })).toHaveCount(0);
  await other.keyboard.press("Escape");
  await expect(other.getByText("Not confirmed, so nothing was exported.")).toBeVisible();
  await other.getByRole("button", { name: "Export", exact: true }).click();
  await dialog.getByLabel("Code from the app").fill("000000");
  await other.keyboard.press("Enter");
  await expect(dialog.getByText("Wrong or already used.")).toBeVisible();
  await dialog.getByRole("button", { name: "Use a recovery code" }).click();
  await dialog.getByLabel("Recovery code").fill(codesLeft[0] ?? "");
  await other.keyboard.press("Enter");
  const file = other.waitForEvent("download");
  await dialog.getByRole("button", { name: "Got it" }).click();
  expect((await file).suggestedFilename()).toMatch(/\.xlsx$/);
  await expect(dialog).toHaveCount(0);

  await other.goto(`${desk.url}/admin/people/log`);
  const lines = other.getByRole("list", { name: "Events, newest first" });
  for (const line of [
    "Admin set up an authenticator app",
    "Admin: wrong code",
    "Admin used a recovery code; 9 are left",
    "Admin entered the right password; the second factor was still missing",
    "Admin completed the sign-in with a code",
    "Admin used a recovery code; 8 are left",
  ]) {
    await expect(lines).toContainText(line);
  }
});

test("who must have one sets up a passkey before anything else, signs in with it, and an admin resets it", async ({
  page,
  browser,
}) => {
  const head = { name: "Глава", email: "head@example.com", password: ADMIN.password };
  addColleague(database, { ...head, role: "head" });
  change(database, "delete from authenticators");
  change(database, "delete from recovery_codes");
  await signIn(page, desk);
  await page.goto(`${desk.url}/admin/people`);
  await page.getByLabel("Head of sales").check();
  ageProofs();
  await page.getByRole("button", { name: "Save" }).click();
  const dialog = page.getByRole("dialog", { name: "Is it you?" });
  await dialog.getByLabel("Your password").fill(ADMIN.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  const theirs = await openBrowser(browser);
  const devtools = await theirs.context().newCDPSession(theirs);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await theirs.goto(`${desk.url}/leads`);
  await typeSignIn(theirs, head);
  await expect(theirs.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
  expect(await listViolations(theirs)).toEqual([]);
  expect((await theirs.request.get(`${desk.url}/api/leads/recent`)).status()).toBe(401);
  await theirs.getByRole("button", { name: "Add a passkey" }).click();
  await theirs.getByLabel("Name", { exact: true }).fill("Ноутбук");
  await theirs.getByRole("button", { name: "Add", exact: true }).click();
  await theirs.getByRole("button", { name: "I’ve saved them" }).click();
  await expect(theirs).toHaveURL(`${desk.url}/leads`);

  await openAccountMenu(theirs);
  await theirs.getByRole("button", { name: "Sign out" }).click();
  await typeSignIn(theirs, head);
  await expectAlive(theirs, "Use a passkey");
  await theirs.getByRole("button", { name: "Use a passkey" }).click();
  await expect(theirs.getByLabel("Phone")).toBeVisible();
  await theirs.goto(`${desk.url}/profile`);
  const factors = theirs.getByRole("list", { name: "Second factors" });
  await expect(factors.getByRole("listitem").filter({ hasText: "Ноутбук" })).toContainText("last used");
  await factors.getByRole("button", { name: "Remove Ноутбук" }).click();
  await theirs.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(theirs.getByRole("dialog")).toContainText("Your role needs a second factor.");

  await page.getByRole("link", { name: head.name }).click();
  await page.getByRole("button", { name: "Reset second factor" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reset second factor" }).click();
  await expect(page.getByRole("button", { name: "Reset second factor" })).toHaveCount(0);
  await theirs.goto(`${desk.url}/leads`);
  await typeSignIn(theirs, head);
  await expect(theirs.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
});
