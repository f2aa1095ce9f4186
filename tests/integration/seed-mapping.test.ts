import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
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

describe("a real account", () => {
  const enough = [
    "PHONE",
    "TELEGRAM",
    "EMAIL",
    ...["SOURCE", "MEDIUM", "CAMPAIGN", "CONTENT", "TERM"].map(toUtm),
  ];

  beforeEach(async () => {
    vi.resetModules();
    stubSettings("https://intermigro.kommo.com");
  });

  test("publishes nothing by itself: leads wait for an admin, which every page says, and nobody asks Kommo", async () => {
    const db = await openFresh();
    const { seedMapping } = await import("@/lib/mapping/seed-mapping");
    const { getQueueStop } = await import("@/lib/queue/queries");

    expect(await seedMapping(db)).toBeUndefined();
    expect(await getQueueStop(db)).toEqual({ kind: "unmapped" });
    await db.insertInto("mappings").values({ version: 1, body: "{}", published_at: 0 }).execute();
    expect(await getQueueStop(db)).toBeNull();
    await db.destroy();
  });

  test("has its first mapping from settings that name every field a lead needs", async () => {
    for (const name of enough) vi.stubEnv(`KOMMO_${name}_FIELD_ID`, "501");
    const db = await openFresh();
    const { seedMapping } = await import("@/lib/mapping/seed-mapping");
    const { getQueueStop } = await import("@/lib/queue/queries");

    expect(await getQueueStop(db)).toBeNull();
    expect((await seedMapping(db))?.mapping.fields).toMatchObject({ telegram: { fieldId: 501 } });
    await db.destroy();
  });
});

function toUtm(name: string): string {
  return `UTM_${name}`;
}

async function openFresh() {
  const { openDb: open } = await import("@/lib/db/client");
  const { migrate: build } = await import("@/lib/db/migrate");
  const db = open("file::memory:");
  await build(db);
  return db;
}
