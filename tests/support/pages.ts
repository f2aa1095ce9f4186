import { expect, type Locator, type Page } from "@playwright/test";
import type { Lead } from "@/lib/domain/lead/schema";
import { aLead } from "./builders";
import { ADMIN, type Desk } from "./desk";
import { signInBy, signOutBy } from "./requests";

/** By request, and without opening a page; the tests of signing in type. */
export async function signIn(page: Page, desk: Desk, person = ADMIN): Promise<void> {
  expect((await signInBy(page.request, desk.url, person)).status()).toBe(200);
}

/**
 * Ends the session of all pages that are open. Without its cookie alone it would go on: an answer that is on its way to
 * one of them may bring the cookie back.
 */
export async function endSession(page: Page, desk: Desk): Promise<void> {
  expect((await signOutBy(page.request, desk.url)).status()).toBe(200);
  await page.context().clearCookies();
}

export async function typeSignIn(page: Page, person = ADMIN): Promise<void> {
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  const button = page.getByRole("button", { name: "Sign in", exact: true });
  await expectScript(button);
  await button.click();
}

export async function openForm(page: Page, desk: Desk): Promise<void> {
  await page.goto(desk.url);
  await expect(page.getByLabel("Phone")).toBeVisible();
}

/** As the form does, without the form; answers the lead's id. */
export async function saveLead(page: Page, desk: Desk, fields: Partial<Lead>): Promise<string> {
  const lead = aLead({ phone: "", ...fields });
  expect((await page.request.post(`${desk.url}/api/leads`, { data: lead })).status()).toBe(200);
  return lead.id;
}

/** Types into the form by its labels, as a person would; fields under More are opened first. */
export async function typeLead(page: Page, fields: Record<string, string>): Promise<void> {
  const more = page.locator("details", { has: page.getByLabel("Profession") });
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label, { exact: true });
    if (!(await field.isVisible())) await more.locator("summary").click();
    await field.fill(value);
  }
}

export async function sendLead(page: Page): Promise<void> {
  await expectAlive(page);
  await page.getByRole("button", { name: "Send and next" }).click();
}

/** A key or a press before the form's script is there does nothing, and on a busy machine a test is that fast. */
export async function expectAlive(page: Page, name = "Send and next"): Promise<void> {
  await expectScript(page.getByRole("button", { name }));
}

export async function openAccountMenu(page: Page): Promise<void> {
  await expectAlive(page, "Account");
  await page.getByRole("button", { name: "Account" }).click();
}

async function expectScript(button: Locator): Promise<void> {
  await expect.poll(() => button.evaluate(isCommitted)).toBe(true);
}

/**
 * True once React has put the element's handlers in force. React marks elements earlier, while it still works on them or
 * before it gives up and waits for another file; a press at that moment is nobody's.
 */
function isCommitted(element: Element): boolean {
  const name = Object.keys(document).find((key) => key.startsWith("__reactContainer$"));
  const fibers = name === undefined ? [] : [Reflect.get(document, name).stateNode.current];
  for (let fiber = fibers.pop(); fiber; fiber = fibers.pop()) {
    if (fiber.stateNode === element) return true;
    if (fiber.sibling) fibers.push(fiber.sibling);
    if (fiber.child) fibers.push(fiber.child);
  }
  return false;
}

/** The parts of the form that come with the first input are there, as for anybody who typed before the connection went. */
export async function expectParts(page: Page): Promise<void> {
  const help = page.getByRole("dialog", { name: "Shortcuts" });
  await expectAlive(page);
  await page.keyboard.press("Alt+Slash");
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
}

/** The leads that wait in the browser for a connection. */
export function onDevice(page: Page): Locator {
  return page.getByRole("region", { name: "On this device" });
}

/** Waits for what is on its way, so that nothing is answered twice. */
export async function openWays(...pages: Pick<Page, "unrouteAll">[]): Promise<void> {
  for (const page of pages) await page.unrouteAll({ behavior: "wait" });
}

export async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
}

/** By the keyboard, into whatever has the focus. */
export async function paste(page: Page, text: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press("Control+V");
}

/** Does as translators of pages do, from now on: what each text says is then said by an element of theirs. */
export async function translatePage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const translate = () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        const parent = text.parentElement;
        if (!text.data.trim() || parent?.closest("font, script, style, textarea, option")) continue;
        const font = document.createElement("font");
        font.append(text.data);
        text.replaceWith(font);
      }
    };
    translate();
    new MutationObserver(translate).observe(document.body, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
}
