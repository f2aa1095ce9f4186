import { expect } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { freshSettings, startDesk } from "../support/desk";
import { expectSaved, openForm, sendLead, signIn, typeLead } from "../support/pages";
import { test } from "../support/test";

let practice: Practice;

test.beforeAll(async () => {
  practice = await startPractice();
});
test.afterAll(() => practice.close());

test("kill -9 right after «saved»: after a restart the lead arrives, once", async ({ page }) => {
  const settings = freshSettings(practice, { HOLD_SECONDS: "1" });
  const desk = await startDesk(settings);
  await signIn(page, desk);
  await openForm(page, desk);

  await typeLead(page, { Name: "Иван", Phone: "+7 900 123-45-67" });
  await sendLead(page);
  await expectSaved(page);
  await desk.stop("SIGKILL");
  expect(practice.incomingLeads()).toHaveLength(0);

  // The lease of the sender that died runs out first.
  const again = await startDesk(settings);
  await expect.poll(() => practice.incomingLeads().length, { timeout: 15_000 }).toBe(1);
  await openForm(page, again);
  await expect(page.getByText("In Kommo #")).toBeVisible();
  expect(practice.incomingLeads()).toHaveLength(1);
  await again.stop();
});

test("SIGTERM lets the running delivery finish and ends within five seconds", async ({ page }) => {
  const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  const desk = await startDesk(settings);
  await signIn(page, desk);
  await openForm(page, desk);
  const before = practice.incomingLeads().length;
  practice.failNext({ kind: "slow", ms: 1500, method: "POST" });
  const posts = () => practice.journal.filter((entry) => entry.method === "POST").length;
  const posted = posts();

  await typeLead(page, { Name: "Ана", Phone: "+34 612 34 56 78" });
  await sendLead(page);
  await expectSaved(page);
  await expect(page.getByText("Sending")).toBeVisible();
  const began = Date.now();
  expect(await desk.stop("SIGTERM")).toBe(0);
  expect(Date.now() - began).toBeLessThan(5000);

  expect(posts() - posted).toBe(1);
  const again = await startDesk(settings);
  await openForm(page, again);
  await expect(page.getByText("In Kommo #")).toBeVisible();
  expect(practice.incomingLeads()).toHaveLength(before + 1);
  await again.stop();
});
