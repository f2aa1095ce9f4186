import { expect } from "@playwright/test";
import { makeDatabase } from "../support/postgres";
import { storm } from "../support/storm/storm";
import { test } from "../support/test";

/** The statements of the built server that lock: a press, an erasure, a claim and its lease, a take-over, a sign-in. */
const LOCKS = [
  expect.stringMatching(
    /^select "state", "author_id".* from "leads" where "id" = \$1 and \(leads\.author_id = \$2.* for no key update$/s,
  ),
  expect.stringMatching(/^select "id", "state".* from "leads" where "id" in \(\$1\) for no key update$/),
  expect.stringMatching(
    /from "leads" where "state" in .* order by "due_at" asc limit \$4 for update skip locked$/,
  ),
  expect.stringMatching(/^select "batch_limit".* from "sender" where "epoch" = \$1 for no key update$/),
  expect.stringMatching(/from "sender" where "id" = \$1 for no key update$/),
  expect.stringMatching(/from "sign_in_limits" where .* for no key update$/),
];
const server = process.env.TEST_POSTGRES_URL;

test.describe.configure({ mode: "parallel" });

for (const [name, open] of [
  ["one desk on SQLite", async () => undefined],
  ...(server ? [["two desks on PostgreSQL", () => makeDatabase(server)] as const] : []),
] as const) {
  test(`a storm of faults, kills and freezes over ${name} loses and doubles nothing`, async () => {
    test.setTimeout(12 * 60_000);

    // Of this seed’s first twenty requests twelve meet a fault, and none a 401 that halts the queue.
    const database = await open();
    const report = await storm({ leads: 150, seconds: 45, seed: 22, databaseUrl: database });

    expect(report.violations).toEqual([]);
    expect(report).toMatchObject({ saved: 150, leaks: [] });
    // People came before and after the claim.
    expect(Object.keys(report.answers)).toEqual(
      expect.arrayContaining([
        "withdraw done",
        "withdraw already_left",
        "correct done",
        "correct already_left",
      ]),
    );
    for (const locking of database ? LOCKS : []) expect(report.locks).toContainEqual(locking);
    expect(report.busiestSecond).toBeLessThanOrEqual(6);
    expect(report.writes).toEqual(["POST /api/v4/leads/unsorted/forms"]);
    expect(report.faults).toBeGreaterThan(10);
    expect(report.kills + report.freezes).toBeGreaterThan(2);
    for (const hands of Object.keys(report.forPeople)) expect(hands).toBe("needs_admin unclear");
  });
}
