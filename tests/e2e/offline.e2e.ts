import { DatabaseSync } from "node:sqlite";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import {
  endSession,
  expectParts,
  expectSaved,
  onDevice,
  openAccountMenu,
  openForm,
  openWays,
  paste,
  sendLead,
  signIn,
  typeLead,
} from "../support/pages";
import { test } from "../support/test";

const SELLER = { name: "Вторая", email: "second@example.com", password: "another long sentence" };

let practice: Practice;
let desk: Desk;
let databaseFile: string;
let count = 0;

test.beforeAll(async () => {
  practice = await startPractice();
  const settings = freshSettings(practice, { HOLD_SECONDS: "60" });
  databaseFile = String(settings.DATABASE_URL).slice("file:".length);
  desk = await startDesk(settings);
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});
test.beforeEach(async ({ page }) => {
  await signIn(page, desk);
  await openForm(page, desk);
});
test.afterEach(async ({ context }) => {
  const pages = context.pages();
  await Promise.all([context, ...pages].map((one) => one.unrouteAll({ behavior: "ignoreErrors" })));
});

/** A name and a phone that no other test has. */
function aPerson(word: string) {
  count++;
  return {
    Name: word + "абвгдежзиклмнопрстуфхцчшщэюя".charAt(count),
    Phone: `+7 900 ${100 + count * 7}-${10 + count}-${90 - count}`,
  };
}

function field(page: Page, label: string) {
  return page.getByLabel(label, { exact: true });
}

function rowOf(page: Page, name: string) {
  return onDevice(page).getByRole("listitem").filter({ hasText: name });
}

function inTray(page: Page, name: string) {
  return page
    .getByRole("region", { name: "Your last leads" })
    .getByRole("listitem")
    .filter({ hasText: name });
}

async function typeAndKeep(page: Page, person: { Name: string; Phone: string }): Promise<void> {
  await typeLead(page, person);
  await sendLead(page);
  await expect(page.getByRole("status").filter({ hasText: "Kept on this device" })).toBeVisible();
  await expect(field(page, "Name")).toHaveValue("");
  await expect(rowOf(page, person.Name)).toBeVisible();
}

function read(query: string, ...values: string[]) {
  const file = new DatabaseSync(databaseFile, { timeout: 5000 });
  const rows = file.prepare(query).all(...values);
  file.close();
  return rows;
}

function readLeads(name: string) {
  return read("select state, surname, phone from leads where name = ?", name);
}

/** What the browser has on its disk. */
function readDevice(page: Page): Promise<{ personId: string; id: string; lead: { name: string } }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("lead-desk", 1);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("leads").objectStore("leads").getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      }),
  );
}

/** No leads arrive, while pages still load. */
async function cutPosts(context: BrowserContext): Promise<void> {
  const isLead = ({ pathname }: URL) => pathname.startsWith("/api/leads");
  await context.route(isLead, (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  );
}

test("leads typed or pasted without a connection wait on the device, can be edited there, and leave by themselves", async ({
  page,
  context,
}) => {
  await test.step("several leads typed without a connection wait on the device, free the form, and leave by themselves in order", async () => {
    const [first, second] = [aPerson("Первый"), aPerson("Второй")];
    await expectParts(page);
    await context.setOffline(true);
    await typeAndKeep(page, first);
    await expect(field(page, "Phone")).toBeFocused();
    await typeAndKeep(page, second);

    const kept = (await readDevice(page)).map(({ lead }) => lead.name);
    expect(new Set(kept)).toEqual(new Set([first.Name, second.Name]));
    await expect(rowOf(page, first.Name)).toContainText("Waits for a connection");
    await expect(page.getByText("Possible duplicates")).toHaveCount(0);
    expect(readLeads(first.Name)).toEqual([]);

    await context.setOffline(false);
    await expect(onDevice(page)).toHaveCount(0);
    await expect(inTray(page, second.Name)).toBeVisible();
    expect(readLeads(first.Name)).toMatchObject([{ state: "held" }]);
    const order = read(
      "select name from leads where name in (?, ?) order by created_at",
      first.Name,
      second.Name,
    );
    expect(order.map(({ name }) => name)).toEqual([first.Name, second.Name]);
    expect(await readDevice(page)).toEqual([]);
  });

  await test.step("a waiting lead is edited, undone and brought back on the device, by keys", async () => {
    const person = aPerson("Правленый");
    await context.setOffline(true);
    await typeAndKeep(page, person);

    await page.keyboard.press("Alt+KeyE");
    await expect(page.getByText("You’re changing a lead that waits on this device.")).toBeVisible();
    await expect(rowOf(page, person.Name)).toContainText("In the form");
    await typeLead(page, { Surname: "Правкин" });
    await sendLead(page);
    await expect(rowOf(page, `${person.Name} Правкин`)).toContainText("Waits for a connection");
    await expect(field(page, "Name")).toHaveValue("");

    await page.keyboard.press("Alt+KeyU");
    await expect(rowOf(page, person.Name)).toContainText("Will be withdrawn");
    await context.setOffline(false);
    await expect(rowOf(page, person.Name)).toContainText("Withdrawn");
    expect(readLeads(person.Name)).toEqual([]);

    await rowOf(page, person.Name).getByRole("button", { name: "Edit and resend" }).click();
    await sendLead(page);
    await expectSaved(page);
    await expect(onDevice(page)).toHaveCount(0);
    expect(readLeads(person.Name)).toMatchObject([{ state: "held", surname: "Правкин" }]);
  });

  await test.step("several people of one paste wait on the device as they would be saved, and what is wrong stays", async () => {
    const [first, second, third] = [aPerson("Рядом"), aPerson("Рядами"), aPerson("Рядовой")];
    await page.getByRole("heading", { name: "Your last leads" }).click();
    const rows = [first, second, third].map(({ Name, Phone }) => `${Name}\tПетров\t${Phone}`);
    await paste(page, ["Имя\tФамилия\tТелефон", ...rows].join("\n"));
    await expect(page.getByRole("heading", { name: "3 people found" })).toBeVisible();
    await context.setOffline(true);
    const toRow = (row: number) => page.getByRole("listitem", { name: `Row ${row}` });
    await toRow(2).getByLabel("Phone").fill("");
    await page.getByRole("button", { name: "Save 3 leads" }).click();

    await expect(page.getByRole("heading", { name: "1 person found" })).toBeVisible();
    await expect(toRow(1).getByLabel("Phone")).toHaveAccessibleDescription(
      "Enter a phone, Telegram or email",
    );
    await toRow(1).getByLabel("Phone").fill(second.Phone);
    await page.getByRole("button", { name: "Save 1 lead" }).click();
    await expect(page.getByText("1 lead kept on this device")).toBeVisible();
    await expect(onDevice(page).getByRole("listitem")).toHaveCount(3);

    await context.setOffline(false);
    await expect(onDevice(page)).toHaveCount(0);
    for (const { Name } of [first, second, third]) expect(readLeads(Name)).toHaveLength(1);
  });
});

test("a tab that is closed right after the press loses nothing: the next page sends it, wherever it opens", async ({
  page,
  context,
}) => {
  const person = aPerson("Закрытый");
  await cutPosts(context);
  await typeAndKeep(page, person);
  await page.close();
  await openWays(context);

  const next = await context.newPage();
  await next.goto(`${desk.url}/leads`);

  await expect.poll(() => readLeads(person.Name)).toMatchObject([{ state: "held" }]);
  await expect.poll(() => readDevice(next)).toEqual([]);
});

test("a lead that was saved unseen is not sent twice, and one undone is withdrawn", async ({
  page,
  context,
}) => {
  await test.step("a lead that was saved although no answer came is not sent twice", async () => {
    const person = aPerson("Спасённый");
    await page.route("**/*", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      await route.fetch();
      await route.abort();
    });
    await typeAndKeep(page, person);
    expect(readLeads(person.Name)).toHaveLength(1);

    await openWays(page);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(onDevice(page)).toHaveCount(0);
    expect(readLeads(person.Name)).toHaveLength(1);
  });

  await test.step("an undone lead that the server had saved unseen is withdrawn there", async () => {
    const person = aPerson("Отозванный");
    await page.route("**/*", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      if (!route.request().url().includes("withdraw")) await route.fetch();
      await route.abort();
    });
    await typeAndKeep(page, person);
    await rowOf(page, person.Name).getByRole("button", { name: "Undo" }).click();
    await expect(rowOf(page, person.Name)).toContainText("Will be withdrawn");

    await openWays(page);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(onDevice(page)).toHaveCount(0);
    await expect(inTray(page, person.Name)).toContainText("Withdrawn");
    expect(readLeads(person.Name)).toMatchObject([{ state: "withdrawn" }]);
  });

  await test.step("a lead is undone while it is on its way: it is saved, and withdrawn at once", async () => {
    const person = aPerson("Спешный");
    await cutPosts(context);
    await typeAndKeep(page, person);
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route("**/api/leads?author=*", async (route) => {
      await promise;
      await route.continue();
    });
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(rowOf(page, person.Name)).toContainText("Sending");
    await rowOf(page, person.Name).getByRole("button", { name: "Undo" }).click();
    await openWays(context);
    resolve();

    await expect(onDevice(page)).toHaveCount(0);
    await expect(inTray(page, person.Name)).toContainText("Withdrawn");
    expect(readLeads(person.Name)).toMatchObject([{ state: "withdrawn" }]);
  });
});

test("without any sign of a connection it is tried every half minute, and a clock that is wrong does no harm", async ({
  page,
  context,
}) => {
  await page.clock.install({ time: "2020-01-01" });
  await page.reload();
  const [first, second] = [aPerson("Часовой"), aPerson("Минутный")];
  await cutPosts(context);
  await typeAndKeep(page, first);
  await page.clock.setSystemTime("2019-01-01");
  await typeAndKeep(page, second);
  await expect(rowOf(page, first.Name)).toContainText("now");
  await expect(onDevice(page).getByRole("listitem").first()).toContainText(first.Name);

  await openWays(context);
  await page.clock.runFor(31_000);
  await expect(onDevice(page)).toHaveCount(0);
  for (const { Name } of [first, second]) expect(readLeads(Name)).toHaveLength(1);
});

test("a browser that keeps nothing leaves the lead in the form and says that it is not saved", async ({
  page,
  context,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("refused", "SecurityError");
    };
  });
  await page.reload();
  const person = aPerson("Частный");
  await expectParts(page);
  await context.setOffline(true);
  await typeLead(page, person);
  await sendLead(page);

  await expect(page.getByRole("alert").filter({ hasText: "No connection to the server." })).toBeVisible();
  await expect(field(page, "Name")).toHaveValue(person.Name);
  await expect(onDevice(page)).toHaveCount(0);
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expectSaved(page);
});

test("two tabs show the same leads, and one of them sends each", async ({ page, context }) => {
  const person = aPerson("Общий");
  const other = await context.newPage();
  await openForm(other, desk);
  await cutPosts(context);
  await typeAndKeep(page, person);
  await expect(rowOf(other, person.Name)).toBeVisible();

  let answers = 0;
  context.on("response", (response) => {
    if (response.url().includes("/api/leads?author=")) answers++;
  });
  await openWays(context);
  await Promise.all([page, other].map((tab) => tab.evaluate(() => dispatchEvent(new Event("online")))));
  for (const tab of [page, other]) await expect(onDevice(tab)).toHaveCount(0);
  await expect(inTray(other, person.Name)).toBeVisible();
  expect(answers).toBe(1);
  expect(readLeads(person.Name)).toHaveLength(1);
});

test("a lead that the server refuses or cannot save says so, and the others leave", async ({
  page,
  context,
}) => {
  await test.step("a lead that the server refuses waits for its author with the reason, and one after it leaves", async () => {
    const [refused, next] = [aPerson("Отказник"), aPerson("Следующий")];
    await cutPosts(context);
    await typeAndKeep(page, refused);
    await typeAndKeep(page, next);
    await page.route("**/api/leads?author=*", (route) =>
      route.request().postData()?.includes(refused.Name)
        ? route.fulfill({ status: 422, json: { ok: false, code: "invalid", fields: { phone: "too_long" } } })
        : route.continue(),
    );
    await openWays(context);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(rowOf(page, refused.Name)).toContainText("The server didn’t accept it.");
    await expect.poll(() => readLeads(next.Name)).toHaveLength(1);
    await expect(page.getByRole("link", { name: /^New lead/ })).toContainText("1 lead needs attention");
    await expect(page).toHaveTitle(/^\(1\)/);

    await rowOf(page, refused.Name).getByRole("button", { name: "Discard" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await rowOf(page, refused.Name).getByRole("button", { name: "Open in the form" }).click();
    await expect(field(page, "Phone")).toHaveAttribute("aria-invalid", "true");
    await typeLead(page, { Phone: "+7 900 000-00-01" });
    await openWays(page);
    await sendLead(page);
    await expectSaved(page);
    await expect(onDevice(page)).toHaveCount(0);
    await expect(page).toHaveTitle(/^[^(]/);
    expect(readLeads(refused.Name)).toMatchObject([{ phone: "+79000000001" }]);
  });

  await test.step("a lead that the server cannot save says so, and is tried again by itself or discarded", async () => {
    const [broken, unwanted] = [aPerson("Пятисотый"), aPerson("Лишний")];
    await cutPosts(context);
    await typeAndKeep(page, broken);
    await typeAndKeep(page, unwanted);
    await page.route("**/api/leads?author=*", (route) => route.fulfill({ status: 500, body: "<html>" }));
    await openWays(context);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(rowOf(page, broken.Name)).toContainText("The server couldn’t save it.");

    await rowOf(page, unwanted.Name).getByRole("button", { name: "Discard" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
    await expect(rowOf(page, unwanted.Name)).toHaveCount(0);
    await openWays(page);
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await expect(onDevice(page)).toHaveCount(0);
    expect(readLeads(broken.Name)).toHaveLength(1);
    expect(readLeads(unwanted.Name)).toEqual([]);
  });
});

test("a correction without a connection waits on the device, is changed or given up there, and corrects the saved lead", async ({
  page,
  context,
}) => {
  const person = aPerson("Правка");
  await typeLead(page, person);
  await sendLead(page);
  await expectSaved(page);
  const correct = async (surname: string) => {
    await typeLead(page, { Surname: surname });
    await sendLead(page);
    await expect(page.getByRole("status").filter({ hasText: "Kept on this device" })).toBeVisible();
  };
  const openSaved = async () => {
    await openWays(context);
    await inTray(page, person.Name).getByRole("button", { name: "Edit" }).click();
    await expect(page.getByText("You’re editing a saved lead.")).toBeVisible();
    await expect(field(page, "Name")).toHaveValue(person.Name);
    await cutPosts(context);
  };

  await openSaved();
  await correct("Первый");
  await expect(rowOf(page, person.Name)).toContainText("A correction of a saved lead.");
  await rowOf(page, person.Name).getByRole("button", { name: "Undo" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
  await expect(onDevice(page)).toHaveCount(0);
  await openSaved();
  await correct("Второй");
  // It is still held on the server, and stays so while the form has it.
  const paused = page.waitForRequest((request) => request.url().endsWith("/pause"));
  await rowOf(page, person.Name).getByRole("button", { name: "Edit" }).click();
  await paused;
  await correct("Третий");
  expect(readLeads(person.Name)).toMatchObject([{ surname: null }]);

  const [saved] = await readDevice(page);
  const other = await context.newPage();
  await other.goto(`${desk.url}/?lead=${saved?.id}`);
  await expect(field(other, "Surname")).toHaveValue("Третий");
  await expect(rowOf(other, person.Name)).toContainText("In the form");

  await openWays(context);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  const countWaiting = () => page.evaluate(async () => (await navigator.locks.query()).pending?.length);
  await expect.poll(countWaiting).toBeGreaterThan(0);
  // It leaves as soon as the other tab lets it go, and not with the next look at the device.
  await other.close();
  await expect(onDevice(page)).toHaveCount(0, { timeout: 20_000 });
  expect(readLeads(person.Name)).toMatchObject([{ surname: "Третий", state: "held" }]);
});

test("a lead waits for the person who typed it: nobody else sees it, sends it or becomes its author", async ({
  page,
  context,
}) => {
  const person = aPerson("Личный");
  await addSeller(page);
  await openForm(page, desk);
  await expectParts(page);
  await context.setOffline(true);
  await typeAndKeep(page, person);

  await endSession(page, desk);
  await context.setOffline(false);
  await expect(rowOf(page, person.Name)).toContainText("Sign in to send");
  await signIn(page, desk, SELLER);
  const other = await context.newPage();
  await openForm(other, desk);
  const asked = page.waitForResponse((response) => response.url().includes("/api/leads?author="));
  await page.evaluate(() => dispatchEvent(new Event("online")));
  expect((await asked).status()).toBe(401);
  await typeAndSave(other, aPerson("Чужой"));
  await expect(onDevice(other)).toHaveCount(0);
  expect(readLeads(person.Name)).toEqual([]);

  await signIn(page, desk, ADMIN);
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(onDevice(page)).toHaveCount(0);
  const authors = "select people.email from leads join people on people.id = author_id where leads.name = ?";
  expect(read(authors, person.Name)).toEqual([{ email: ADMIN.email }]);
});

test("signing out asks when leads wait on the device, and removes them", async ({ page, context }) => {
  const person = aPerson("Уходящий");
  await cutPosts(context);
  await typeAndKeep(page, person);

  await openAccountMenu(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  const question = page.getByRole("dialog", { name: "You have an unsent lead here." });
  await question.getByRole("button", { name: "Remove and sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  expect(await readDevice(page)).toEqual([]);
});

test("what another version has kept and nobody can read is shown with its text, and kept", async ({
  page,
  context,
}) => {
  await cutPosts(context);
  const person = aPerson("Старый");
  await typeAndKeep(page, person);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open("lead-desk", 1);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("leads", "readwrite");
          const store = transaction.objectStore("leads");
          store.getAll().onsuccess = ({ target }) => {
            const [stored] = (target as IDBRequest).result;
            store.put({ ...stored, lead: { fullName: "Старый Формат +7 900 1" } });
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
  await openWays(context);
  await page.reload();

  await expect(onDevice(page)).toContainText("Старый Формат +7 900 1");
  await expect(onDevice(page).getByRole("button", { name: "Copy the text" })).toBeVisible();
  await expect(onDevice(page).getByRole("button", { name: "Edit" })).toHaveCount(0);
  expect(await readDevice(page)).toHaveLength(1);

  // A browser that refuses its storage today may still hold leads of yesterday.
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("refused", "SecurityError");
    };
  });
  await page.reload();
  await expect(onDevice(page)).toContainText("can’t open what it keeps here. Nothing is lost");
});

test("the leads on the device are accessible in both themes and fit a phone", async ({ page, context }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await cutPosts(context);
  await typeAndKeep(page, aPerson("Доступный"));
  await typeAndKeep(page, {
    ...aPerson("Шестидесятибуквенный"),
    Name: "Константин-Александр-Максимилиан Преображенский-Голенищев",
  });
  await page.route("**/api/leads?author=*", (route) =>
    route.fulfill({ status: 507, json: { ok: false, code: "disk_full" } }),
  );
  await openWays(context);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(onDevice(page)).toContainText("The server’s disk is full.");

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await listViolations(page, { coloursOnly: colorScheme === "dark" }), colorScheme).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

async function typeAndSave(page: Page, person: { Name: string; Phone: string }): Promise<void> {
  await typeLead(page, person);
  await sendLead(page);
  await expectSaved(page);
}

async function addSeller(page: Page): Promise<void> {
  await page.goto(`${desk.url}/admin/people/new`);
  await expect(field(page, "Name")).toBeFocused();
  await field(page, "Name").fill(SELLER.name);
  await page.getByLabel("Email").fill(SELLER.email);
  await page.getByText("With a password").click();
  await field(page, "Password").fill(SELLER.password);
  await page.getByRole("button", { name: "Add person" }).click();
  await expect(page.getByText(`${SELLER.name} can sign in now.`)).toBeVisible();
}
