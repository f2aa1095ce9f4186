import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FAULT_KINDS, type Practice, startPractice } from "../../practice/server.ts";
import { callPractice, postItems, readPractice } from "../support/practice-calls.ts";
import { anItem, anItemNamed } from "../support/practice-items.ts";

const JSON_TYPE = "application/problem+json";

let kommo: Practice;

beforeEach(async () => {
  kommo = await startPractice({ requestsPerSecond: 0 });
});

afterEach(() => kommo.close());

describe("a refusing fault", () => {
  test.each([
    ["401", 401, JSON_TYPE, /"detail":"Invalid user name or password"/],
    ["402", 402, JSON_TYPE, /^{"title":"Payment Required",.*"detail":"Payment required"}$/],
    ["403-scope", 403, JSON_TYPE, /"detail":"Invalid scope"/],
    ["403-block", 403, "text/plain", /^403 Forbidden$/],
    ["404-json", 404, JSON_TYPE, /"detail":"Cannot POST http:.*forms!"/],
    ["404-html", 404, "text/html", /<h1>404 Not Found<\/h1>/],
    ["429-json", 429, JSON_TYPE, /^{"title":"Too Many Requests",.*"retry_after":300}$/],
    ["429-html", 429, "text/html", /<h1>429 Too Many Requests<\/h1>/],
    ["500-json", 500, JSON_TYPE, /^{"title":"ErrInternalServer","status":500,"detail":.*"trace_id":/],
    ["500-html", 500, "text/html", /<h1>500 Internal Server Error<\/h1>/],
    ["502", 502, "text/html", /<h1>502 Bad Gateway<\/h1>/],
    ["503", 503, "text/html", /<h1>503 Service Temporarily Unavailable<\/h1>/],
    ["504", 504, "text/html", /<h1>504 Gateway Time-out<\/h1>/],
  ] as const)("%s has its true body and applies nothing", async (kind, status, type, body) => {
    kommo.failNext({ kind });

    const response = await postItems(kommo, [anItem()]);

    expect([response.status, response.headers.get("content-type")]).toEqual([status, type]);
    expect(response.headers.get("retry-after")).toBeNull();
    expect(await response.text()).toMatch(body);
    expect(kommo.incomingLeads()).toEqual([]);
    expect(kommo.journal).toMatchObject([{ status, fault: kind }]);
  });

  test("400-system has no validation errors", async () => {
    kommo.failNext({ kind: "400-system" });

    const problem = await (await postItems(kommo, [anItem()])).json();

    expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining("Повторите") });
    expect(problem["validation-errors"]).toBeUndefined();
  });

  test("redirect points to another host", async () => {
    kommo.failNext({ kind: "redirect", to: "http://elsewhere.test/" });

    const response = await postItems(kommo, [anItem()]);

    expect([response.status, response.headers.get("location")]).toEqual([302, "http://elsewhere.test/"]);
  });

  test("waits for the method and the address it is aimed at", async () => {
    kommo.failNext({ kind: "502", method: "GET", path: "/account" });

    const statuses = [await postItems(kommo, [anItem()]), await callPractice(kommo, "/api/v4/leads")];
    const account = await callPractice(kommo, "/api/v4/account");

    expect([...statuses, account].map(({ status }) => status)).toEqual([200, 200, 502]);
  });
});

describe("a spoiling fault applies the lead, and answers", () => {
  afterEach(() => expect(kommo.incomingLeads()).toHaveLength(1));

  test("504 after-504", async () => {
    kommo.failNext({ kind: "after-504" });
    const response = await postItems(kommo, [anItem()]);

    expect([response.status, response.headers.get("content-type")]).toEqual([504, "text/html"]);
  });

  test("200 with a page after-garbage", async () => {
    kommo.failNext({ kind: "after-garbage" });
    const response = await postItems(kommo, [anItem()]);

    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test("without request ids, or without lead ids", async () => {
    kommo.failNext({ kind: "after-without-request-ids" });
    const [item] = (await (await postItems(kommo, [anItem()])).json())._embedded.unsorted;

    expect(item).not.toHaveProperty("request_id");
    expect(item._embedded.leads).toHaveLength(1);

    await kommo.close();
    kommo = await startPractice({ requestsPerSecond: 0 });
    kommo.failNext({ kind: "after-without-lead-ids" });
    const [other] = (await (await postItems(kommo, [anItem()])).json())._embedded.unsorted;

    expect(other).toMatchObject({ request_id: "0", _embedded: { leads: [] } });
  });

  test("half of its JSON when truncated", async () => {
    kommo.failNext({ kind: "truncated" });
    const response = await postItems(kommo, [anItem()]);

    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test("half of its JSON and a reset when cut-mid", async () => {
    kommo.failNext({ kind: "cut-mid" });
    const response = await postItems(kommo, [anItem()]);

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
    expect(kommo.journal).toMatchObject([{ status: 0, fault: "cut-mid" }]);
  });

  test("more than 5 MB of sound JSON when oversized", async () => {
    kommo.failNext({ kind: "oversized" });
    const text = await (await postItems(kommo, [anItem()])).text();

    expect(text.length).toBeGreaterThan(5 * 1024 * 1024);
    expect(JSON.parse(text)._total_items).toBe(1);
  });

  test("late when slow-after: the lead is there before the answer", async () => {
    kommo.failNext({ kind: "slow-after", ms: 5_000 });
    const answer = postItems(kommo, [anItem()]).catch(() => undefined);

    await expect.poll(() => kommo.incomingLeads().length).toBe(1);
    await kommo.close();
    await answer;
  });
});

describe("chaos", () => {
  test("draws the same faults for the same seed", async () => {
    const runs = [await chaoticKinds(7), await chaoticKinds(7), await chaoticKinds(8)];

    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).not.toEqual(runs[0]);
    expect(new Set(runs[0]).size).toBeGreaterThan(5);
    expect(runs[0]?.filter((kind) => kind === null).length).toBeGreaterThan(20);
  });

  test("keeps to its kinds and its rate, and ends when told", async () => {
    kommo.control.setChaos({ seed: 1, rate: 1, kinds: ["502"] });
    const first = await callPractice(kommo, "/api/v4/account");
    kommo.control.clearFaults();
    const second = await callPractice(kommo, "/api/v4/account");

    expect([first.status, second.status]).toEqual([502, 200]);
  });
});

describe("poison", () => {
  beforeEach(() => kommo.control.setPoison({ marker: "яд" }));

  test("is refused by the lead, whichever batch it comes in", async () => {
    const batch = [
      anItem({ request_id: "a" }),
      anItemNamed("яд 1"),
      anItemNamed("x яд", { request_id: "c" }),
    ];

    const [first, alone] = [await postItems(kommo, batch), await postItems(kommo, [batch[1]])];
    const innocent = await postItems(kommo, [batch[0]]);

    const groups = (await first.json())["validation-errors"];
    expect(groups.map(({ request_id }: { request_id: string }) => request_id)).toEqual(["1", "c"]);
    expect(groups[0].errors).toEqual([
      {
        code: "NotSupportedChoice",
        path: "_embedded.leads.0.name",
        detail: "The value you selected is not a valid choice.",
      },
    ]);
    expect([first.status, alone.status, innocent.status]).toEqual([400, 400, 200]);
    expect(kommo.incomingLeads()).toHaveLength(1);
  });

  test("may fit by a function, with a path and code of its own", async () => {
    const path = "_embedded.contacts.0.custom_fields_values.0.values.0.value";
    kommo.control.setPoison({ matches: () => true, path, code: "InvalidType" });

    const problem = await (await postItems(kommo, [anItem()])).json();

    expect(problem["validation-errors"][0].errors).toMatchObject([{ code: "InvalidType", path }]);
  });
});

describe("the limiter", () => {
  test("blocks every path with plain text after repeated refusals, until it is reset", async () => {
    const strict = await startPractice({ requestsPerSecond: 1, block: { refusals: 2, withinMs: 60_000 } });
    const account = () => callPractice(strict, "/api/v4/account");

    const statuses = [await account(), await account(), await account()].map(({ status }) => status);
    const blocked = await callPractice(strict, "/api/v4/nothing");
    strict.control.resetBlock();
    const after = await account();

    expect(statuses).toEqual([200, 429, 429]);
    expect([blocked.status, blocked.headers.get("content-type"), await blocked.text()]).toEqual([
      403,
      "text/plain",
      "403 Forbidden",
    ]);
    expect(after.status).toBe(200);
    await strict.close();
  });

  test("counts the requests that met a fault", async () => {
    const strict = await startPractice({ requestsPerSecond: 1 });
    strict.failNext({ kind: "502" });

    const statuses = [
      await callPractice(strict, "/api/v4/account"),
      await callPractice(strict, "/api/v4/account"),
    ];

    expect(statuses.map(({ status }) => status)).toEqual([502, 429]);
    await strict.close();
  });
});

test("ten thousand leads cost no more a batch at the end than at the start", async () => {
  const warm = await startPractice({ requestsPerSecond: 0 });
  await postBatches(warm, 20);
  await warm.close();

  const early = await postBatches(kommo, 20);
  await postBatches(kommo, 160);
  const late = await postBatches(kommo, 20);

  expect(kommo.incomingLeads()).toHaveLength(10_000);
  expect(late).toBeLessThan(early * 4);
  expect((await readPractice(kommo, "/leads/unsorted?limit=250&page=40"))._embedded.unsorted).toHaveLength(
    250,
  );
});

/** Microseconds of processor time for so many batches of 50. */
async function postBatches(practice: Practice, batches: number): Promise<number> {
  const before = process.cpuUsage();
  for (let n = 0; n < batches; n++) {
    await (
      await postItems(
        practice,
        Array.from({ length: 50 }, () => anItem()),
      )
    ).text();
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

async function chaoticKinds(seed: number) {
  const kinds = FAULT_KINDS.filter((kind) => !["oversized", "slow", "slow-after"].includes(kind));
  const chaotic = await startPractice({ requestsPerSecond: 0, chaos: { seed, rate: 0.5, kinds } });
  for (let n = 0; n < 60; n++) {
    await callPractice(chaotic, "/api/v4/account")
      .then((response) => response.text())
      .catch(() => undefined);
  }
  await chaotic.close();
  return chaotic.journal.map(({ fault }) => fault);
}
