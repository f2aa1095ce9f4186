import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { connectAccount } from "@/lib/account/connect-account";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { seedMapping } from "@/lib/mapping/seed-mapping";
import { type Practice, startPractice } from "@/practice/server";
import { stubSettings } from "@/tests/support/settings";

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice();
  stubSettings(practice.url, practice.token);
  vi.stubEnv("KOMMO_PIPELINE_ID", "777");
  vi.stubEnv("KOMMO_CAREER_FIELD_ID", "1711074");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await practice.close();
});

test("ids of the settings go before the account's own, and what is in the database before both", async () => {
  const db = openDb("file::memory:");
  await migrate(db);

  const seeded = await seedMapping(db);
  vi.stubEnv("KOMMO_PIPELINE_ID", "888");
  const again = await seedMapping(db);

  expect(seeded?.mapping).toMatchObject({
    pipelineId: 777,
    fields: {
      profession: { entity: "leads", fieldId: 1711074 },
      phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" },
    },
    reference: { entity: "leads", fieldId: 1711084, name: "Lead Desk ID" },
  });
  expect(again).toEqual(seeded);
  await db.destroy();
});

test("an account that the settings give is not replaced on the page", async () => {
  const db = openDb("file::memory:");
  await migrate(db);
  const asked = practice.journal.length;

  const connecting = connectAccount({ subdomain: practice.url, token: practice.token }, "admin", db);

  await expect(connecting).rejects.toMatchObject({ code: "read_only" });
  expect(practice.journal.length).toBe(asked);
  expect(await db.selectFrom("connections").selectAll().execute()).toEqual([]);
  await db.destroy();
});
