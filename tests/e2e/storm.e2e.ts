import { expect } from "@playwright/test";
import { makeDatabase } from "../support/postgres";
import { storm } from "../support/storm";
import { test } from "../support/test";

const server = process.env.TEST_POSTGRES_URL;

for (const [name, open] of [
  ["one desk on SQLite", async () => undefined],
  ...(server ? [["two desks on PostgreSQL", () => makeDatabase(server)] as const] : []),
] as const) {
  test(`a storm of faults, kills and freezes over ${name} loses and doubles nothing`, async () => {
    test.setTimeout(12 * 60_000);

    // Of this seed's first twenty requests twelve meet a fault, and none a 401 that lets the queue rest.
    const report = await storm({ leads: 150, seconds: 45, seed: 22, databaseUrl: await open() });

    expect(report).toMatchObject({ saved: 150, lost: [], doubled: [], arrived: expect.any(Number) });
    expect(report.leaks).toEqual([]);
    expect(report.busiestSecond).toBeLessThanOrEqual(6);
    expect(report.writes).toEqual(["POST /api/v4/leads/unsorted/forms"]);
    expect(report.faults).toBeGreaterThan(10);
    expect(report.kills + report.freezes).toBeGreaterThan(2);
    for (const hands of Object.keys(report.forPeople)) expect(hands).toBe("needs_admin unclear");
  });
}
