import { mkdtempSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Practice, startPractice } from "../../practice/server.ts";
import { callPractice, postItems } from "../support/practice-calls.ts";
import { anItem, anItemNamed } from "../support/practice-items.ts";

const MAIN = 12984871;
const WAY = 1711080;

let kommo: Practice;

beforeEach(async () => {
  kommo = await startPractice({ requestsPerSecond: 0, controlPort: 0 });
});

afterEach(() => kommo.close());

test("there is no control unless a port is asked for", async () => {
  const plain = await startPractice();

  expect(plain.controlUrl).toBeUndefined();
  expect((await fetch(`${plain.url}/switch`, { method: "POST" })).status).toBe(404);
  await plain.close();
});

describe("the control", () => {
  test("scripts a fault as often as asked", async () => {
    await tell("/fault", { kind: "502", method: "GET", times: 2 });

    expect([await accountStatus(), await accountStatus(), await accountStatus()]).toEqual([502, 502, 200]);
  });

  test("forgets the faults that wait, and chaos", async () => {
    await tell("/fault", { kind: "401" });
    await tell("/chaos", { seed: 1, rate: 1, kinds: ["503"] });
    const struck = await accountStatus();
    await tell("/fault/clear");

    expect([struck, await accountStatus()]).toEqual([401, 200]);
  });

  test("poisons, and heals", async () => {
    await tell("/poison", { marker: "яд" });
    const refused = await postItems(kommo, [anItemNamed("яд")]);
    await tell("/poison", null);

    expect([refused.status, (await postItems(kommo, [anItemNamed("яд")])).status]).toEqual([400, 200]);
  });

  test("turns a switch", async () => {
    await tell("/switch", { name: "planUnpaid", value: true });
    const unpaid = await accountStatus();
    await tell("/plan/unpaid", { on: false });
    await tell("/token/revoke");

    expect([unpaid, await accountStatus()]).toEqual([402, 401]);
  });

  test.each([
    ["/field/delete", { entity: "leads", id: 467714 }, "/leads/custom_fields/467714", 404, ""],
    [
      "/field/rename",
      { entity: "leads", id: 488804, name: "Ремесло" },
      "/leads/custom_fields",
      200,
      "Ремесло",
    ],
    ["/field/retype", { entity: "leads", id: 488804, type: "url" }, "/leads/custom_fields", 200, '"url"'],
    [
      "/option/rename",
      { entity: "leads", fieldId: WAY, id: 990320, name: "Голос" },
      `/leads/custom_fields/${WAY}`,
      200,
      "Голос",
    ],
    ["/pipeline/add", { name: "Вторая" }, "/leads/pipelines", 200, "Вторая"],
    ["/pipeline/rename", { id: MAIN, name: "Первая" }, "/leads/pipelines", 200, "Первая"],
    ["/pipeline/archive", { id: MAIN }, "/leads/pipelines", 200, '"is_archive":true'],
    ["/pipeline/unsorted", { id: MAIN, on: false }, "/leads/pipelines", 200, '"is_unsorted_on":false'],
    ["/pipeline/delete", { id: MAIN }, `/leads/pipelines/${MAIN}`, 404, ""],
  ])("does %s", async (command, told, path, status, words) => {
    const done = await tell(command, told);
    const seen = await callPractice(kommo, `/api/v4${path}`);

    expect([done.status, seen.status]).toEqual([200, status]);
    expect(await seen.text()).toContain(words);
  });

  test("accepts and declines by lead id, once", async () => {
    await postItems(kommo, [anItem(), anItem()]);
    const [declined, accepted] = kommo.incomingLeads().map(({ leadId }) => leadId);

    await tell("/accept", { leadId: accepted });
    await tell("/decline", { leadId: declined });
    const again = await tell("/accept", { leadId: accepted });

    expect(kommo.incomingLeads().map(({ outcome }) => outcome)).toEqual(["declined", "accepted"]);
    expect(await again.json()).toEqual({ error: `The lead ${accepted} is not among the incoming ones.` });
  });

  test("lifts a block", async () => {
    const strict = await startPractice({
      requestsPerSecond: 1,
      block: { refusals: 1, withinMs: 1000 },
      controlPort: 0,
    });
    for (let n = 0; n < 2; n++) await callPractice(strict, "/api/v4/account");
    const blocked = strict.control.isBlocked();
    await fetch(`${strict.controlUrl}/reset-block`, { method: "POST", headers: toHeaders(strict) });

    expect([blocked, strict.control.isBlocked()]).toEqual([true, false]);
    await strict.close();
  });

  test("shows the journal and its busiest second", async () => {
    await Promise.all([accountStatus(), accountStatus(), accountStatus()]);
    const [first, second, third] = kommo.journal;
    for (const [entry, at] of [[first, 1000] as const, [second, 1999] as const, [third, 2000] as const]) {
      if (entry) entry.at = at;
    }

    const journal = await (await fetch(`${kommo.controlUrl}/journal`, { headers: toHeaders(kommo) })).json();

    expect(journal).toMatchObject({ busiestSecond: 2, requests: [{ method: "GET", status: 200 }, {}, {}] });
  });

  test.each([
    ["/fault", { kind: "418" }, /Invalid/],
    ["/fault", { kind: "502", colour: "red" }, /Unrecognized key.*colour/],
    ["/switch", { name: "gravity", value: 0 }, /Invalid option/],
    ["/switch", { name: "listLagMs", value: "soon" }, /expected number/],
    ["/field/delete", { entity: "leads", id: 1 }, /There is no field 1 of leads\./],
    ["/accept", "not json", /expected object/],
  ])("answers a wrong body for %s with a sentence", async (command, told, words) => {
    const response = await tell(command, told);

    expect([response.status, (await response.json()).error]).toEqual([400, expect.stringMatching(words)]);
  });

  test("knows no other command", async () => {
    expect((await tell("/nothing")).status).toBe(404);
  });

  test.each([{ host: "evil.example" }, { origin: "http://evil.example" }])(
    "answers no web page: %o",
    async (headers) => {
      const status = await new Promise((resolve) =>
        get(`${kommo.controlUrl}/journal`, { headers }, (response) => resolve(response.statusCode)),
      );

      expect(status).toBe(403);
    },
  );
});

test("the control wants the account's token", async () => {
  const url = `${kommo.controlUrl}/journal`;

  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { authorization: "Bearer a.b.c" } })).status).toBe(401);
});

test.each([{ host: "evil.example" }, { origin: "http://evil.example" }])(
  "the account answers no web page, even with its token: %o",
  async (headers) => {
    const url = `${kommo.url}/api/v4/account`;
    const status = await new Promise((resolve) =>
      get(url, { headers: { ...headers, ...toHeaders(kommo) } }, (response) => resolve(response.statusCode)),
    );

    expect(status).toBe(403);
  },
);

test("each data folder has a token of its own, which stays", async () => {
  const makeFile = () => join(mkdtempSync(join(tmpdir(), "practice-")), "account.json");
  const [file, other] = [makeFile(), makeFile()];
  const tokens: string[] = [];
  for (const stateFile of [file, file, other]) {
    const practice = await startPractice({ stateFile });
    tokens.push(practice.token);
    await practice.close();
  }

  expect(tokens[1]).toBe(tokens[0]);
  expect(tokens[2]).not.toBe(tokens[0]);
  expect((await callPractice({ ...kommo, token: tokens[0] ?? "" }, "/api/v4/account")).status).toBe(401);
});

function tell(command: string, told?: unknown) {
  const body = told === undefined ? null : JSON.stringify(told);
  return fetch(`${kommo.controlUrl}${command}`, { method: "POST", body, headers: toHeaders(kommo) });
}

async function accountStatus() {
  return (await callPractice(kommo, "/api/v4/account")).status;
}

function toHeaders({ token }: Practice) {
  return { authorization: `Bearer ${token}` };
}
