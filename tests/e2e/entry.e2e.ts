import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import {
  endSession,
  expectAlive,
  expectSaved,
  openAccountMenu,
  openForm,
  paste,
  sendLead,
  signIn,
  translatePage,
  typeLead,
  typeSignIn,
} from "../support/pages";
import { test } from "../support/test";

let practice: Practice;
let desk: Desk;
let databaseFile: string;
let phones = 0;

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
test.beforeEach(async ({ page, isMobile }) => {
  await signIn(page, desk);
  await openForm(page, desk);
  // The page's script is there: keys pressed before it are the browser's. On a phone no field has the focus by itself.
  await (isMobile ? expectAlive(page) : expect(field(page, "Phone")).toBeFocused());
});

/** A phone that no other test has, nor one that looks like it. */
function newPhone(): string {
  phones += 1;
  return `+7 9${String(phones).padStart(2, "0")} ${String(phones * 37 + 100).slice(0, 3)}-11-${String(phones * 7 + 10).slice(0, 2)}`;
}

/** The row of a lead in the tray, by its name. */
function inTray(page: Page, name: string) {
  return page.getByRole("listitem").filter({ hasText: name });
}

function countArrived(name: string): number {
  return practice.incomingLeads().filter(({ item }) => JSON.stringify(item).includes(name)).length;
}

function readRow(name: string) {
  const file = new DatabaseSync(databaseFile, { timeout: 5000 });
  const rows = file
    .prepare(
      "select state, anyway, phone, phone_raw, source, utm_campaign, referrer, comment from leads where name = ?",
    )
    .all(name);
  file.close();
  return rows;
}

async function save(page: Page, fields: Record<string, string>): Promise<void> {
  await typeLead(page, fields);
  await sendLead(page);
  await expectSaved(page);
}

/** A chord is as many keys as it names. */
function toKeyCount(presses: readonly string[]): number {
  return presses.flatMap((press) => press.split("+")).length;
}

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

test("a lead costs five keys beyond its words when typed, and four when pasted", async ({ page }) => {
  await test.step("a typed lead costs five keys beyond its words", async () => {
    await expect(field(page, "Phone")).toBeFocused();
    const words = [newPhone(), "Павел", "Клавишин", "pavel_77"];
    const presses = ["Tab", "Tab", "Tab", "Control+Enter"];
    for (const [index, word] of words.entries()) {
      await page.keyboard.type(word);
      await page.keyboard.press(presses[index] ?? "");
    }

    expect(toKeyCount(presses)).toBeLessThanOrEqual(5);
    await expectSaved(page);
    await expect(inTray(page, "Павел Клавишин")).toContainText("Saved, leaves in");
  });

  await test.step("a pasted lead costs four keys, is marked, and one key takes it back", async () => {
    const phone = newPhone();
    await paste(page, `Иван Вставкин ${phone} @ivan_vst, ivan@vst.example`);
    await expect(field(page, "Name")).toHaveValue("Иван");
    await expect(field(page, "Surname")).toHaveValue("Вставкин");
    await expect(field(page, "Phone")).toHaveValue(phone);
    await expect(field(page, "Telegram")).toHaveValue("@ivan_vst");
    await expect(field(page, "Email")).toHaveValue("ivan@vst.example");
    for (const label of ["Phone", "Name", "Surname", "Telegram", "Email"]) {
      await expect(field(page, label)).toHaveAccessibleDescription(/pasted/);
    }

    await page.keyboard.press("Alt+KeyS");
    await expect(field(page, "Name")).toHaveValue("Вставкин");
    await page.keyboard.press("Alt+KeyS");
    await page.keyboard.press("Control+KeyZ");
    for (const label of ["Phone", "Name", "Surname", "Telegram", "Email"]) {
      await expect(field(page, label)).toHaveValue("");
    }

    await page.keyboard.press("Control+V");
    await expect(field(page, "Surname")).toHaveValue("Вставкин");
    await field(page, "Profession").fill("Повар");
    await page.getByRole("button", { name: "Undo paste" }).click();
    await expect(field(page, "Surname")).toHaveValue("");
    await expect(field(page, "Profession")).toHaveValue("Повар");
    await field(page, "Profession").fill("");

    const presses = ["Control+V", "Control+Enter"];
    await page.keyboard.press(presses[0] ?? "");
    await expect(field(page, "Surname")).toHaveValue("Вставкин");
    await page.keyboard.press(presses[1] ?? "");
    await expectSaved(page);
    expect(toKeyCount(presses)).toBeLessThanOrEqual(4);
  });
});

test("what a paste leaves over has a place: in sight, in a field, in the comment", async ({ page }) => {
  await test.step("what a paste leaves over stays in sight until it has a place; a plain value stays plain", async () => {
    await paste(page, `Мария Остаткина ${newPhone()} zzqx непонятное`);
    const strip = page.getByRole("region", { name: "Pasted text" });
    await expect(strip).toContainText("zzqx");
    await strip.getByRole("combobox").first().selectOption({ label: "Profession" });
    await expect(field(page, "Profession")).toHaveValue(/zzqx/);
    await sendLead(page);
    await expectSaved(page);
    await expect(strip).toHaveCount(0);

    await field(page, "Profession").focus();
    await paste(page, "бухгалтер");
    await expect(field(page, "Profession")).toHaveValue("бухгалтер");
    await expect(strip).toHaveCount(0);
  });

  await test.step("leftovers that are more than a comment takes are seen in it, and can be cut", async () => {
    await page.keyboard.press("Escape");
    await paste(page, `Лия Длиннова ${newPhone()}\n${"непонятное слово ".repeat(260)}`);
    await expect(page.getByRole("region", { name: "Pasted text" })).toContainText("непонятное");
    await sendLead(page);

    const comment = field(page, "Comment");
    await expect(comment).toBeFocused();
    await expect(comment).toHaveAccessibleDescription(/Too long: shorten it/);
    await expect(comment).toHaveValue(/непонятное слово/);
    await comment.fill("непонятное слово");
    await sendLead(page);
    await expectSaved(page);
    expect(readRow("Лия")).toMatchObject([{ comment: "непонятное слово" }]);
  });

  await test.step("a paste fills the comment, one key adds what it leaves over, and the lead's page shows it", async () => {
    await paste(page, `Ольга Заметкина ${newPhone()} zzqx непонятное\nКомментарий: перезвонить после 18`);
    await expect(field(page, "Comment")).toHaveValue("перезвонить после 18");

    await page.keyboard.press("Alt+KeyC");
    await expect(field(page, "Comment")).toBeFocused();
    await expect(field(page, "Comment")).toHaveValue("перезвонить после 18\nzzqx непонятное");
    await expect(page.getByRole("region", { name: "Pasted text" })).not.toContainText("zzqx");
    await page.keyboard.press("Control+Enter");
    await expectSaved(page);

    await inTray(page, "Ольга Заметкина").getByRole("link").first().click();
    await expect(page.getByText("zzqx непонятное")).toBeVisible();
    await page.goto(`${desk.url}/leads?q=перезвонить`);
    await expect(page.getByRole("link", { name: /Ольга Заметкина/ })).toBeVisible();
  });
});

test("what a paste leaves over survives a reload and another paste, and is gone after the send", async ({
  page,
}) => {
  const strip = page.getByRole("region", { name: "Pasted text" });
  await paste(page, `Марина Перезагрузкина ${newPhone()} zzqx непонятное`);
  await expect(strip).toContainText("zzqx");
  await page.reload();
  await expect(strip).toContainText("zzqx непонятное");
  await expect(strip.getByRole("button", { name: "Undo paste" })).toHaveCount(0);

  await page.getByRole("heading", { name: "Your last leads" }).click();
  await paste(page, "qqww другое, anna@left.example");
  await expect(strip).toContainText("qqww");
  await expect(strip).toContainText("zzqx");
  await page.keyboard.press("Escape");
  await expect(strip).toHaveCount(0);
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(strip).toContainText("zzqx");

  await sendLead(page);
  await expectSaved(page);
  await expect(strip).toHaveCount(0);
  expect(readRow("Марина")).toMatchObject([{ comment: "zzqx непонятное\nqqww другое" }]);
  await page.reload();
  await expect(field(page, "Phone")).toBeFocused();
  await expect(strip).toHaveCount(0);
});

test("several people in one paste are rows, with one source above them", async ({ page }) => {
  await test.step("several people in one paste are looked at in rows, kept over a reload and saved with one press", async () => {
    const [first, second, third] = [newPhone(), newPhone(), newPhone()];
    await field(page, "Source").fill("Expo");
    await page.getByRole("heading", { name: "Your last leads" }).click();
    await paste(
      page,
      `Имя\tФамилия\tТелефон\tКомментарий\nАгата\tРядова\t${first}\tvip\nБорис\tРядов\t${second}\t\nВера\tРядова\t${first}\t\nГлеб\tРядов\t${third}\t`,
    );

    const title = page.getByRole("heading", { name: "4 people found" });
    await expect(title).toBeFocused();
    const toRow = (row: number) => page.getByRole("listitem", { name: `Row ${row}` });
    await expect(toRow(3).getByLabel("Phone")).toHaveAccessibleDescription("Same as in row 1");
    await toRow(3).getByRole("button", { name: "Remove row 3" }).click();
    await toRow(2).getByLabel("Surname").fill("Правкин");
    await page.reload();
    await expect(page.getByRole("heading", { name: "3 people found" })).toBeVisible();
    await expect(toRow(2).getByLabel("Surname")).toHaveValue("Правкин");
    await expect(toRow(1).getByLabel("Comment")).toHaveValue("vip");

    await toRow(3).getByLabel("Phone").fill("");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("heading", { name: "1 person found" })).toBeVisible();
    await expect(toRow(1).getByLabel("Phone")).toHaveAccessibleDescription(
      "Enter a phone, Telegram or email",
    );
    await toRow(1).getByLabel("Phone").fill(third);
    await page.getByRole("button", { name: "Save 1 lead" }).click();

    await expect(page.getByText("1 lead saved")).toBeVisible();
    await expect(field(page, "Phone")).toBeFocused();
    for (const name of ["Агата Рядова", "Борис Правкин", "Глеб Рядов"]) {
      await expect(inTray(page, name)).toBeVisible();
    }
    expect(readRow("Агата")).toMatchObject([{ state: "held", source: "Expo", comment: "vip" }]);
    expect(readRow("Вера")).toEqual([]);
  });

  await test.step("above the rows the source is chosen by a digit or pasted; rows that are discarded can be brought back", async () => {
    await save(page, { Name: "Яна", Surname: "Источникова", Phone: newPhone(), Source: "Expo" });
    await page.reload();
    await expect(field(page, "Source")).toHaveValue("Expo");
    await field(page, "Source").fill("");
    await page.getByRole("heading", { name: "Your last leads" }).click();
    await paste(page, `Дина Снова ${newPhone()}\nЕгор Снов ${newPhone()}`);
    await expect(page.getByRole("heading", { name: "2 people found" })).toBeFocused();

    await page.keyboard.press("Alt+Digit1");
    await expect(
      page.getByRole("group", { name: "Frequent sources" }).getByRole("button").first(),
    ).toHaveAttribute("aria-pressed", "true");
    await field(page, "Source").fill("");
    await paste(page, "Expo Роман Петров");
    await expect(field(page, "Source")).toHaveValue("Expo Роман Петров");
    await expect(page.getByRole("heading", { name: "2 people found" })).toBeVisible();

    await page.getByRole("button", { name: "Discard all" }).click();
    await expect(page.getByText("2 rows discarded")).toBeVisible();
    await page.getByRole("button", { name: "Restore" }).click();
    await field(page, "Source").fill("Expo");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText("2 leads saved")).toBeVisible();
    expect(readRow("Дина")).toMatchObject([{ source: "Expo" }]);
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });

  test("a lead costs six taps, and what a paste leaves over moves nothing", async ({ page: phone }) => {
    await test.step("on a phone a lead costs six taps beyond its words", async () => {
      // The keyboard's own "next" is a tap, and so is its "send".
      let taps = 1;
      await field(phone, "Phone").tap();
      for (const word of [newPhone(), "Тапов", "Пальцев", "@tapov_1", "Expo"]) {
        await phone.keyboard.type(word);
        await phone.keyboard.press("Enter");
        taps += 1;
      }

      await expectSaved(phone);
      expect(taps).toBeLessThanOrEqual(6);
    });

    await test.step("on a phone what a paste leaves over is seen at once, and the fields stay where they were", async () => {
      await field(phone, "Phone").tap();
      const toTop = (label: string) =>
        field(phone, label).evaluate((input) => input.getBoundingClientRect().top);
      const before = await toTop("Telegram");

      await paste(phone, `Мария Карманова ${newPhone()} zzqx непонятное`);

      const strip = phone.getByRole("region", { name: "Pasted text" });
      await expect(strip.locator("summary")).toContainText("zzqx");
      await expect(strip.locator("summary")).toBeInViewport({ ratio: 1 });
      for (const label of ["Phone", "Name", "Surname", "Telegram"]) {
        await expect(field(phone, label)).toBeInViewport({ ratio: 1 });
      }
      expect(await toTop("Telegram")).toBe(before);
      await strip.locator("summary").tap();
      await strip.getByRole("combobox").selectOption({ label: "Profession" });
      await expect(field(phone, "Profession")).toHaveValue(/zzqx/);
    });
  });
});

test("a lead is undone, brought back, edited, refused and fixed, and stays one lead", async ({ page }) => {
  await test.step("the last lead is undone, brought back, edited and sent by keys, as one lead", async () => {
    await save(page, { Phone: newPhone(), Name: "Отменов" });
    await expect(inTray(page, "Отменов").getByRole("button", { name: "Undo" })).toBeVisible();
    await page.keyboard.press("Alt+KeyU");
    await expect(inTray(page, "Отменов")).toContainText("Withdrawn");

    await inTray(page, "Отменов").getByRole("button", { name: "Edit and resend" }).press("Enter");
    await expect(field(page, "Name")).toHaveValue("Отменов");
    await page.keyboard.press("Control+Enter");
    await expect(inTray(page, "Отменов")).toContainText("Saved, leaves in");

    await page.keyboard.press("Alt+KeyE");
    await expect(page.getByText("You’re editing a saved lead.")).toBeVisible();
    await expect(inTray(page, "Отменов")).toContainText("In the form");
    await field(page, "Surname").fill("Правкин");
    await page.keyboard.press("Control+Enter");
    await expect(inTray(page, "Отменов Правкин")).toContainText("Saved, leaves in");
    await expect(field(page, "Name")).toHaveValue("");
    await inTray(page, "Отменов Правкин").getByRole("button", { name: "Send now" }).click();

    await expect.poll(() => countArrived("Отменов Правкин"), { timeout: 15_000 }).toBe(1);
    expect(readRow("Отменов")).toHaveLength(1);
  });

  await test.step("a refused lead is fixed in the form and goes on as the same lead", async () => {
    practice.control.setPoison({ marker: "Негодный", path: "_embedded.contacts.0.name" });
    await save(page, { Phone: newPhone(), Name: "Негодный" });
    await inTray(page, "Негодный").getByRole("button", { name: "Send now" }).click();
    const fix = inTray(page, "Негодный").getByRole("button", { name: "Fix" });
    await expect(fix).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText("1 of your leads needs attention")).toBeVisible();
    await expect(page.getByRole("link", { name: "Leads (1 lead needs attention)" })).toBeVisible();
    await expect(page).toHaveTitle(/^\(1\)\sNew lead/);
    await expect(page.getByText("Saved", { exact: true })).toBeHidden();

    await fix.press("Enter");
    await expect(field(page, "Name")).toBeFocused();
    await expect(field(page, "Name")).toHaveAccessibleDescription(/Kommo didn’t accept this/);
    const address = page.url();
    await page.reload();
    expect(page.url()).toBe(address);
    await expect(field(page, "Name")).toHaveValue("Негодный");
    await expect(field(page, "Name")).toHaveAccessibleDescription(/Kommo didn’t accept this/);
    await field(page, "Name").fill("Годный");
    await expect(field(page, "Name")).not.toHaveAccessibleDescription(/Kommo didn’t accept this/);
    await page.keyboard.press("Control+Enter");
    await expect(inTray(page, "Годный")).toContainText("Saved, leaves in");
    await inTray(page, "Годный").getByRole("button", { name: "Send now" }).click();

    await expect.poll(() => countArrived("Годный"), { timeout: 15_000 }).toBe(1);
    await expect(page).toHaveTitle(/^New lead/);
    expect(new URL(page.url()).search).toBe("");
    practice.control.setPoison(null);
  });
});

test("who is quicker than the list, or later than the lead, changes what they mean to", async ({ page }) => {
  await test.step("a correction that is quicker than its pause rests no longer for it", async () => {
    await save(page, { Phone: newPhone(), Name: "Торопов" });
    await expect(inTray(page, "Торопов").getByRole("button", { name: "Edit" })).toBeVisible();
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route("**/pause", async (route) => {
      await promise;
      await route.continue();
    });
    await page.keyboard.press("Alt+KeyE");
    await expect(page.getByText("You’re editing a saved lead.")).toBeVisible();
    await field(page, "Surname").fill("Быстров");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("status").filter({ hasText: "Saving" })).toBeVisible();

    resolve();
    await expect(inTray(page, "Торопов Быстров")).toContainText("Saved, leaves in");
  });

  await test.step("a correction that is given up leaves the lead and the words of the next one as they were", async () => {
    await save(page, { Phone: newPhone(), Name: "Брошенов" });
    await field(page, "Name").fill("Следующий");
    await inTray(page, "Брошенов").getByRole("button", { name: "Edit" }).click();
    await expect(field(page, "Name")).toHaveValue("Брошенов");
    await field(page, "Name").fill("Испорчен");

    await page.keyboard.press("Escape");
    await expect(field(page, "Name")).toHaveValue("Следующий");
    await expect(inTray(page, "Брошенов")).toContainText(/leaves in \d\d s/);
    await page.keyboard.press("Escape");
    await expect(field(page, "Name")).toHaveValue("");
    await page.getByRole("button", { name: "Restore" }).click();
    await expect(field(page, "Name")).toHaveValue("Следующий");
  });

  await test.step("a key that is quicker than the list undoes the lead just saved, not the one before", async () => {
    await save(page, { Phone: newPhone(), Name: "Предыдущев" });
    await expect(inTray(page, "Предыдущев").getByRole("button", { name: "Undo" })).toBeVisible();
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route("**/api/leads/recent", async (route) => {
      await promise;
      await route.continue();
    });
    await save(page, { Phone: newPhone(), Name: "Последнев" });
    await page.keyboard.press("Alt+KeyU");
    resolve();

    await expect(inTray(page, "Последнев")).toContainText("Withdrawn");
    await expect(inTray(page, "Предыдущев")).toContainText("Saved, leaves in");
  });

  await test.step("an undo that comes as the lead leaves says so", async () => {
    await save(page, { Phone: newPhone(), Name: "Поздний" });
    await page.route("**/withdraw", async (route) => {
      await page.request.post(route.request().url().replace("withdraw", "send-now"));
      await expect.poll(() => countArrived("Поздний"), { timeout: 15_000 }).toBe(1);
      await route.continue();
    });

    await inTray(page, "Поздний").getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("Too late: it has just been sent to Kommo")).toBeVisible();
  });
});

test("who is known is seen, and goes anyway when the person says so", async ({ page }) => {
  await test.step("a person who is known goes anyway, with a reason by digit or without one", async () => {
    await save(page, { Phone: "+7 955 101-20-30", Name: "Первый" });
    // However the phone is written, by the person or by a check: what was found stays while the question is answered.
    const isAsked = page.waitForRequest(
      (request) => new URL(request.url()).searchParams.get("phone") === "+79551012030",
    );
    await typeLead(page, { Name: "Второй", Phone: "8 (955) 101 20 30" });
    await isAsked;
    await expect(page.getByRole("region", { name: "Possible duplicates" })).toContainText("Same phone");
    await page.keyboard.press("Alt+KeyW");
    await expect(page.getByRole("group", { name: "Why?" })).toBeVisible();
    expect(readRow("Второй")).toEqual([]);

    await page.keyboard.press("Digit2");
    await expectSaved(page);
    expect(readRow("Второй")).toMatchObject([
      { anyway: "other_person", phone: "+79551012030", phone_raw: "8 (955) 101 20 30" },
    ]);

    await typeLead(page, { Name: "Без причины", Phone: "+7 955 101-20-30" });
    const hint = page.getByRole("region", { name: "Possible duplicates" });
    await expect(hint).toContainText(/Same phone.*Второй, entered by Admin, .*, about to be sent/);
    await expect(hint.getByRole("listitem")).toHaveCount(1);
    await hint.getByRole("button", { name: "1 more" }).click();
    await expect(hint.getByRole("listitem")).toHaveCount(2);
    // The name is typed after the hint was seen, and changes nothing about whose phone it is.
    await field(page, "Name").press("End");
    await page.keyboard.type("!");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("group", { name: "Why?" })).toBeVisible();
    await page.keyboard.press("Control+Enter");
    await expectSaved(page);
    expect(readRow("Без причины!")).toMatchObject([{ anyway: null }]);

    await typeLead(page, { Name: "Снова", Phone: "+7 955 101-20-30" });
    await expect(hint.getByRole("button", { name: "2 more" })).toBeVisible();
    await expect(hint.getByRole("listitem")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await typeLead(page, { Name: "Третий", Phone: "+7 955 101-20-31" });
    await expect(page.getByRole("region", { name: "Possible duplicates" })).toContainText(
      "One digit differs",
    );
    await page.keyboard.press("Control+Enter");
    await expectSaved(page);
  });

  await test.step("who is known is seen at once, and the button too, though the paste has unfolded More", async () => {
    const phone = newPhone();
    await save(page, { Phone: phone, Name: "Виднов" });
    await paste(page, `Пётр Виднов ${phone} маркетолог 120к`);

    await expect(field(page, "Profession")).toHaveValue("маркетолог");
    await expect(page.getByRole("region", { name: "Possible duplicates" })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("button", { name: "Send and next" })).toBeInViewport({ ratio: 1 });
    await field(page, "Referrer").focus();
    const [reached, known] = await Promise.all([
      field(page, "Referrer").boundingBox(),
      page.getByRole("button", { name: "Send and next" }).boundingBox(),
    ]);
    expect((reached?.y ?? 0) + (reached?.height ?? 0)).toBeLessThanOrEqual(known?.y ?? 0);
    await page.keyboard.press("Escape");
  });
});

test("the hint of a duplicate stays in sight on a small screen and in a translated page", async ({
  page,
}) => {
  await test.step("with a phone's keyboard open the hint leaves the field that is typed into in sight", async () => {
    const phone = newPhone();
    await save(page, { Phone: phone, Name: "Телефонов" });
    await page.setViewportSize({ width: 360, height: 380 });
    for (const label of ["Telegram", "Phone"]) {
      await field(page, label).fill(label === "Phone" ? phone : "@nobody_yet");
      await field(page, label).focus();
    }

    const hint = page.getByRole("region", { name: "Possible duplicates" });
    await expect(hint).toBeInViewport({ ratio: 0.8 });
    const [typed, shown] = await Promise.all([field(page, "Phone").boundingBox(), hint.boundingBox()]);
    await expect(field(page, "Phone")).toBeInViewport({ ratio: 1 });
    expect((typed?.y ?? 0) + (typed?.height ?? 0)).toBeLessThanOrEqual(shown?.y ?? 0);
  });

  await test.step("a translator that rewrites the page leaves the form, strip, hint and tray at work", async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.keyboard.press("Escape");
    const phone = newPhone();
    await save(page, { Phone: phone, Name: "Переводов" });
    await translatePage(page);

    await paste(page, `Пётр Переводов ${phone} zzqx непонятное`);
    const strip = page.getByRole("region", { name: "Pasted text" });
    await expect(strip).toContainText("fields filled in");
    await expect(page.getByRole("region", { name: "Possible duplicates" })).toContainText("Same phone");
    await field(page, "Surname").fill("Иной");
    await expect(strip).toContainText("2 fields filled in");
    await page.keyboard.press("Control+KeyZ");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("region", { name: "Possible duplicates" })).toHaveCount(0);

    await page.keyboard.press("Control+Enter");
    await expect(page.getByText("Enter a phone, Telegram or email")).toBeVisible();
    await typeLead(page, { Phone: newPhone(), Name: "Переведён", Telegram: "нет имени" });
    await sendLead(page);
    await expectSaved(page);
    await inTray(page, "Переведён").getByRole("button", { name: "Send now" }).click();
    await expect(inTray(page, "Переведён")).toContainText("In Kommo");
    await inTray(page, "Переводов").getByRole("button", { name: "Undo" }).press("Enter");
    await expect(inTray(page, "Переводов")).toContainText("Withdrawn");
    await expect(inTray(page, "Переводов").locator(":focus")).toHaveCount(1);
    await expect(page.getByRole("alert").filter({ hasText: /wrong|broke/ })).toHaveCount(0);
  });
});

test("a lead that has left is not opened, and twenty presses are one", async ({ page }) => {
  await test.step("a lead that has left is not opened for a change", async () => {
    await page.goto(`${desk.url}/?lead=${randomUUID()}`);
    await expect(page.getByText("This lead can no longer be changed here.")).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    await expect(field(page, "Phone")).toHaveValue("");
  });

  await test.step("twenty presses at once are one lead", async () => {
    const lead = { id: randomUUID(), phone: newPhone(), name: "Двадцатый" };
    const empty = Object.fromEntries(
      ["surname", "telegram", "source", "email", "profession", "education", "income"]
        .concat(["utm_medium", "utm_campaign", "utm_content", "utm_term", "referrer"])
        .map((name) => [name, ""]),
    );

    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        page.request.post(`${desk.url}/api/leads`, { data: { ...empty, ...lead } }),
      ),
    );

    expect(answers.map((answer) => answer.status())).toEqual(Array(20).fill(200));
    expect(readRow("Двадцатый")).toHaveLength(1);
    await page.reload();
    await inTray(page, "Двадцатый").getByRole("button", { name: "Send now" }).click();
    await expect.poll(() => countArrived("Двадцатый"), { timeout: 15_000 }).toBe(1);
  });
});

test("drafts survive a reload and a closed tab, two tabs are two leads, and a sign-out asks and removes them", async ({
  page,
  context,
}) => {
  await typeLead(page, { Name: "Черновик" });
  const other = await context.newPage();
  await other.goto(desk.url);
  await expect(field(other, "Name")).toHaveValue("");
  await typeLead(other, { Name: "Другая вкладка" });
  await page.reload();
  await expect(field(page, "Name")).toHaveValue("Черновик");

  await page.close();
  const back = await context.newPage();
  await back.goto(desk.url);
  await expect(field(back, "Name")).toHaveValue("Черновик");

  await openAccountMenu(back);
  await back.getByRole("button", { name: "Sign out" }).click();
  const question = back.getByRole("dialog", { name: "You have 2 unsent leads here." });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(field(back, "Name")).toHaveValue("Черновик");
  await back.getByRole("button", { name: "Sign out" }).click();
  await question.getByRole("button", { name: "Remove and sign out" }).click();
  await expect(back).toHaveURL(/sign-in/);
  await signIn(back, desk);
  await openForm(back, desk);
  await expect(field(back, "Name")).toHaveValue("");
});

test("the source comes from the link, from the last lead, by a digit or by a paste", async ({ page }) => {
  await test.step("the link's UTM values are shown, stamped on the lead, and can be removed", async () => {
    await page.goto(`${desk.url}/?utm_source=expo&utm_campaign=spring&referrer=https://fair.example/`);
    await expect(page.getByText("From the link: expo · spring · https://fair.example/")).toBeVisible();
    await save(page, { Phone: newPhone(), Name: "Ссылкин" });
    expect(readRow("Ссылкин")).toMatchObject([
      { source: "expo", utm_campaign: "spring", referrer: "https://fair.example/" },
    ]);

    await page.getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText("From the link:")).toHaveCount(0);
    expect(new URL(page.url()).search).toBe("");
    await save(page, { Phone: newPhone(), Name: "Бессылкин" });
    expect(readRow("Бессылкин")).toMatchObject([{ utm_campaign: null, referrer: null }]);
  });

  await test.step("the source stays, says so, asks after half a day, and is chosen by a digit", async () => {
    await save(page, { Phone: newPhone(), Name: "Истоков", Source: "Expo" });
    await expect(field(page, "Source")).toHaveValue("Expo");
    await expect(field(page, "Source")).toHaveAccessibleDescription(/kept from the last lead/);
    await save(page, { Phone: newPhone(), Name: "Второй Истоков", Source: "Instagram" });
    await page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.startsWith("lead-desk-source")) ?? "";
      const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
      localStorage.setItem(key, JSON.stringify({ ...kept, at: kept.at - 13 * 60 * 60 * 1000 }));
    });

    await page.reload();
    await expect(page.getByText("Still Instagram?")).toBeVisible();
    await page.getByRole("button", { name: "No, clear it" }).click();
    await expect(field(page, "Source")).toHaveValue("");
    const chips = page.getByRole("group", { name: "Frequent sources" }).getByRole("button");
    const first = (await chips.first().innerText()).replace(/^1\s*/, "");
    await field(page, "Phone").focus();
    await page.keyboard.press("Alt+Digit1");
    await expect(field(page, "Source")).toHaveValue(first);
    await chips.first().focus();
    await page.keyboard.press("Digit2");
    await expect(field(page, "Source")).not.toHaveValue(first);

    await page.keyboard.press("Escape");
    await paste(page, `Анна Истокова ${newPhone()}, ${first}`);
    await expect(field(page, "Source")).toHaveValue(first);
    await expect(field(page, "Source")).toHaveAccessibleDescription(/pasted/);
  });
});

test("fields are put in order when left, and doubts are words that go with their cause", async ({ page }) => {
  await test.step("fields are put in order when left, and doubts are words that forbid nothing", async () => {
    await typeLead(page, { Phone: "89001234", Telegram: "https://t.me/ivan_77?start=1", Name: "bdfy" });
    await field(page, "Surname").focus();
    await expect(field(page, "Phone")).toHaveAccessibleDescription(/Looks too short/);
    await expect(field(page, "Telegram")).toHaveValue("@ivan_77");
    await expect(page.getByRole("button", { name: "Use иван" })).toBeVisible();
    await page.keyboard.press("Alt+KeyL");
    await expect(field(page, "Name")).toHaveValue("иван");
    await typeLead(page, { Phone: "8 900 765 43 21" });
    await field(page, "Surname").focus();
    await expect(field(page, "Phone")).toHaveValue("+7 900 765-43-21");
    await typeLead(page, { Phone: "12" });
    await page.keyboard.press("Control+Enter");
    await expectSaved(page);
  });

  await test.step("a doubt leaves with the words that it was about, be they swapped or taken back", async () => {
    const repair = page.getByRole("button", { name: "Use иван" });
    await typeLead(page, { Name: "bdfy", Surname: "Петров" });
    await field(page, "Telegram").focus();
    await expect(repair).toBeVisible();
    await page.keyboard.press("Alt+KeyS");
    await expect(repair).toHaveCount(0);
    await page.keyboard.press("Alt+KeyL");
    await expect(field(page, "Name")).toHaveValue("Петров");
    await expect(field(page, "Surname")).toHaveValue("bdfy");

    await page.keyboard.press("Escape");
    await paste(page, "Анна Короткова +7 900 123-45");
    await expect(field(page, "Phone")).toHaveAccessibleDescription(/Looks too short/);
    await page.keyboard.press("Control+KeyZ");
    await expect(field(page, "Phone")).toHaveValue("");
    await expect(field(page, "Phone")).not.toHaveAccessibleDescription(/Looks too short/);
  });

  await test.step("contacts pasted into their own fields are read, one in the wrong field moves, and a flood is refused in words", async () => {
    await page.keyboard.press("Escape");
    await field(page, "Phone").focus();
    await paste(page, "\u200eмоб.: 8-900-765-43-24;\u200e");
    await expect(field(page, "Phone")).toHaveValue("+79007654324");
    await field(page, "Telegram").focus();
    await expect(field(page, "Phone")).toHaveValue("+7 900 765-43-24");
    await paste(page, "«@ivan_p»,");
    await expect(field(page, "Telegram")).toHaveValue("@ivan_p");

    await page.keyboard.press("Escape");
    await typeLead(page, { Telegram: "8 900 765-43-25" });
    await field(page, "Surname").focus();
    await page.getByRole("button", { name: "Move +7 900 765-43-25 to Phone" }).click();
    await expect(field(page, "Phone")).toHaveValue("+7 900 765-43-25");
    await expect(field(page, "Telegram")).toHaveValue("");

    await field(page, "Name").focus();
    await paste(page, "$1 ".repeat(22_000));
    await expect(page.getByRole("region", { name: "Pasted text" })).toContainText("too long to read");
    await expect(field(page, "Name")).toHaveValue("");
  });
});

test("what is pasted after a saving or a clearing is not called saved, and nothing is brought back over it", async ({
  page,
}) => {
  const said = page.getByRole("status").filter({ hasText: "Saved" });
  await save(page, { Name: "Сохранёнкин", Phone: newPhone() });
  await paste(page, `Глеб Вставлен ${newPhone()}`);
  await expect(field(page, "Surname")).toHaveValue("Вставлен");
  await expect(said).toHaveCount(0);

  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Restore" })).toBeVisible();
  await paste(page, `Инна Следующая ${newPhone()}`);
  await expect(field(page, "Name")).toHaveValue("Инна");
  await expect(page.getByRole("button", { name: "Restore" })).toHaveCount(0);
});

test("who signs in on a shared computer finds it rid of what anybody left there for a week", async ({
  page,
}) => {
  await page.evaluate(() => {
    const leave = (place: string, days: number) =>
      localStorage.setItem(
        place,
        JSON.stringify({ name: "Чужое", at: Date.now() - days * 24 * 3600 * 1000 }),
      );
    leave("lead-desk-draft.somebody.1", 8);
    leave("lead-desk-draft-of-lead.somebody.2", 8);
    leave("lead-desk-draft.somebody.3", 6);
  });

  await endSession(page, desk);
  await page.goto(`${desk.url}/sign-in`);
  await typeSignIn(page);
  await expect(field(page, "Phone")).toBeVisible();

  const left = () => Object.keys(localStorage).filter((key) => key.includes("somebody"));
  await expect.poll(() => page.evaluate(left)).toEqual(["lead-desk-draft.somebody.3"]);
});

test("keys and what is unfolded stay as the person left them", async ({ page }) => {
  await test.step("the keys are listed, can be switched off, and stay so", async () => {
    await page.keyboard.press("Alt+Slash");
    const list = page.getByRole("dialog", { name: "Shortcuts" });
    await list.getByLabel(/Swap name and surname/).uncheck();
    await list.getByRole("button", { name: "Close" }).click();
    await typeLead(page, { Name: "Один", Surname: "Два" });
    await page.keyboard.press("Alt+KeyS");
    await expect(field(page, "Name")).toHaveValue("Один");

    await page.reload();
    await page.getByRole("heading", { name: "Your last leads" }).click();
    await page.keyboard.press("Shift+Slash");
    await expect(list.getByLabel(/Swap name and surname/)).not.toBeChecked();
    await list.getByLabel(/Swap name and surname/).check();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Alt+KeyS");
    await expect(field(page, "Name")).toHaveValue("Два");
    await page.keyboard.press("Escape");
  });

  await test.step("More stays as it was left", async () => {
    await page.locator("summary", { hasText: "More" }).click();
    await page.reload();
    await expect(field(page, "Profession")).toBeVisible();
    await page.locator("summary", { hasText: "More" }).click();
    await page.reload();
    await expect(field(page, "Profession")).toBeHidden();
  });
});

test("the hint, its question, a paste, a correction and the keys are accessible in both themes", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const phone = newPhone();
  await save(page, { Phone: phone, Name: "Доступный", Source: "Expo" });
  await page.reload();
  await typeLead(page, { Phone: phone, Name: "bdfy", Telegram: "ivan petrov" });
  // Words that settle meanwhile ask anew, and close the question.
  await expect(async () => {
    await page.getByRole("button", { name: "Send anyway…" }).click({ timeout: 1000 });
    await expect(page.getByRole("group", { name: "Why?" })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expectSound(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await paste(page, `Иван Доступкин ${newPhone()} zzqx непонятное`);
  await expect(page.getByRole("region", { name: "Pasted text" })).toBeVisible();
  await expectSound(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+KeyE");
  await expect(page.getByText("You’re editing a saved lead.")).toBeVisible();
  await expectSound(page);
  await page.keyboard.press("Alt+Slash");
  await expect(page.getByRole("dialog", { name: "Shortcuts" })).toBeVisible();
  await expectSound(page);
});

async function expectSound(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // The dark page is the same one in other colours.
    const coloursOnly = colorScheme === "dark";
    expect(await listViolations(page, { coloursOnly }), colorScheme).toEqual([]);
  }
}
