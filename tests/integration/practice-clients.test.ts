import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { get, globalAgent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Amo } from "@shevernitskiy/amo";
import { Client } from "amocrm-js";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Practice, startPractice } from "../../practice/server.ts";
import { aForm, aLead } from "../support/practice-items.ts";

const MAIN = 12984871;
const NO_OAUTH = { client_id: "", client_secret: "", redirect_uri: "" };
const LATER_STAGE = 103140003;

// Two clients that others wrote against the real service (docs/kommo-api.md §13): what they read, we may trust.
let kommo: Practice;

afterEach(() => kommo.close());

describe("@shevernitskiy/amo over HTTP", () => {
  let amo: Amo;

  beforeEach(async () => {
    kommo = await startPractice();
    amo = new Amo(new URL(kommo.url).host, {
      client_id: "id",
      client_secret: "secret",
      redirect_uri: "https://example.com",
      token_type: "Bearer",
      expires_in: 86_400,
      access_token: kommo.token,
      refresh_token: "x",
      expires_at: Date.now() + 1e12,
    });
    Object.assign(amo.raw, { url_base: kommo.url });
  });

  test("creates a form lead, lists it, reads it by uid and accepts it", async () => {
    const created = await amo.unsorted.addUnsortedForm([aForeignItem()]);
    const [item] = created._embedded.unsorted;
    const uid = item?.uid ?? "";

    const list = await amo.unsorted.getUnsorted({ limit: 10 });
    const read = await amo.unsorted.getUnsortedByUid(uid);
    const accepted = await amo.unsorted.acceptUnsortedByUid(uid, { user_id: 0, status_id: LATER_STAGE });

    expect(item?.request_id).toBe("lead-1");
    expect(list._embedded.unsorted.map((one) => one.uid)).toEqual([uid]);
    expect(read).toMatchObject({ uid, category: "forms", source_uid: "uid-1", pipeline_id: MAIN });
    expect(accepted).toMatchObject({ uid, _embedded: { leads: [{ id: kommo.incomingLeads()[0]?.leadId }] } });
    expect(kommo.incomingLeads()).toMatchObject([{ outcome: "accepted" }]);
  });

  test("declines a lead and sees it in the summary", async () => {
    const created = await amo.unsorted.addUnsortedForm([aForeignItem()]);
    const uid = created._embedded.unsorted[0]?.uid ?? "";

    await amo.unsorted.declineUnsortedByUid(uid, { user_id: 0 });

    expect(await amo.unsorted.getUnsortedSummary()).toMatchObject({ total: 1, declined: 1 });
    await expect(amo.unsorted.declineUnsortedByUid(uid, { user_id: 0 })).rejects.toMatchObject({
      response: { title: "Not Found", status: 404 },
    });
    await expect(amo.unsorted.getUnsortedByUid(uid)).rejects.toThrow("204 No Content");
  });

  test("reads account, pipelines and fields", async () => {
    const account = await amo.account.getAccount();
    const pipelines = await amo.pipeline.getPipelines();
    const fields = await amo.custom_fields.getCustomFields("leads");

    expect(account.subdomain).toBe("intermigro");
    expect(pipelines._embedded.pipelines[0]?.id).toBe(MAIN);
    expect(fields._embedded.custom_fields).toHaveLength(13);
  });

  test("takes a validation error for an API error, with its groups", async () => {
    const failed = amo.unsorted.addUnsortedForm([aForeignItem({ pipeline_id: 1 })]);

    // Its error classes lose their names when compiled: only an API error carries a `response`.
    await expect(failed).rejects.toMatchObject({
      response: {
        status: 400,
        "validation-errors": [
          { request_id: "lead-1", errors: [{ code: "NotSupportedChoice", path: "pipeline_id" }] },
        ],
      },
    });
  });

  test("takes a gateway's page for an HTTP error", async () => {
    kommo.failNext({ kind: "504" });

    await expect(amo.account.getAccount()).rejects.toThrow("<h1>504 Gateway Time-out</h1>");
  });
});

describe("amocrm-js over HTTPS", () => {
  let client: Client;

  beforeEach(async () => {
    const tls = makeCertificate();
    kommo = await startPractice({ tls });
    // It prints every problem it meets.
    vi.spyOn(console, "error").mockReturnValue();
    Object.assign(globalAgent, { defaultPort: Number(new URL(kommo.url).port) });
    globalAgent.options.ca = tls.cert;
    client = new Client({ domain: "127.0.0.1", auth: { ...NO_OAUTH, bearer: kommo.token } });
  });

  afterEach(() => {
    Object.assign(globalAgent, { defaultPort: 443 });
    globalAgent.options.ca = undefined;
    globalAgent.destroy();
    vi.restoreAllMocks();
  });

  test("creates a form lead, lists it, reads it by uid, accepts and declines", async () => {
    const { data: created } = await client.request.post<Unsorted>("/api/v4/leads/unsorted/forms", [
      aForeignItem(),
      aForeignItem({ request_id: "lead-2", source_uid: "uid-2" }),
    ]);
    const [first, second] = created._embedded.unsorted;

    const { data: list } = await client.request.get<Unsorted>("/api/v4/leads/unsorted", { limit: 10 });
    const { data: read } = await client.request.get(`/api/v4/leads/unsorted/${first?.uid}`);
    const { data: accepted } = await client.request.post(`/api/v4/leads/unsorted/${first?.uid}/accept`, {});
    await client.request.delete(`/api/v4/leads/unsorted/${second?.uid}/decline`, { user_id: 0 });

    expect([first?.request_id, second?.request_id]).toEqual(["lead-1", "lead-2"]);
    expect(list._embedded.unsorted).toHaveLength(2);
    expect(read).toMatchObject({ uid: first?.uid, source_uid: "uid-1" });
    expect(accepted).toMatchObject({ uid: first?.uid, category: "forms" });
    expect(kommo.incomingLeads().map(({ outcome }) => outcome)).toEqual(["declined", "accepted"]);
  });

  test("reads account, pipelines and fields, and an empty list as nothing", async () => {
    const read = async (path: string) => (await client.request.get(`/api/v4${path}`)).data;

    expect(await read("/account")).toMatchObject({ subdomain: "intermigro" });
    expect(await read("/leads/pipelines")).toMatchObject({ _total_items: 1 });
    expect(await read("/contacts/custom_fields")).toMatchObject({ _total_items: 4 });
    expect(await read("/leads/unsorted")).toEqual({});
  });

  test("gets its tokens by a code, and renews them", async () => {
    const { clientId, clientSecret } = kommo.control.integration();
    const redirect_uri = "https://desk.example.com/api/kommo/oauth";
    kommo.control.setAddresses({ redirectUri: redirect_uri });
    const code = kommo.control.issueCode();
    const auth = { client_id: clientId, client_secret: clientSecret, redirect_uri, code };
    const granted = new Client({ domain: "127.0.0.1", auth });

    await granted.token.fetch();
    const first = granted.token.getValue()?.access_token;
    await granted.token.refresh();

    expect((await granted.request.get("/api/v4/account")).data).toMatchObject({ subdomain: "intermigro" });
    expect(granted.token.getValue()?.access_token).not.toBe(first);
  });

  test("finds leads through its own lead factory", async () => {
    await client.request.post("/api/v4/leads/unsorted/forms", [aForeignItem()]);

    const lead = await client.leads.getById(kommo.incomingLeads()[0]?.leadId ?? 0);

    expect(lead?.name).toBe("Заявка: Иван Петров");
  });

  test("takes a validation error for an error, with its groups", async () => {
    const failed = client.request.post("/api/v4/leads/unsorted/forms", [aForeignItem({ pipeline_id: 1 })]);

    await expect(failed).rejects.toMatchObject({
      data: {
        status: 400,
        "validation-errors": [{ request_id: "lead-1", errors: [{ path: "pipeline_id" }] }],
      },
    });
  });

  test("does not take a gateway's page for an answer", async () => {
    kommo.failNext({ kind: "after-garbage" });

    await expect(client.request.get("/api/v4/account")).rejects.toThrow();
  });

  test.each(["cut-before", "cut-after"] as const)("is cut off by %s, and can call again", async (kind) => {
    kommo.failNext({ kind });

    await expect(client.request.get("/api/v4/account")).rejects.toThrow("socket hang up");

    expect((await client.request.get("/api/v4/account")).data).toMatchObject({ subdomain: "intermigro" });
  });

  test("is left with half an answer by cut-mid", async () => {
    kommo.failNext({ kind: "cut-mid" });

    const whole = new Promise((resolve) => {
      get(
        `${kommo.url}/api/v4/account`,
        { headers: { authorization: `Bearer ${kommo.token}` } },
        (answer) => {
          answer.resume().on("close", () => resolve(answer.complete));
        },
      );
    });

    expect(await whole).toBe(false);
  });
});

type Unsorted = { _embedded: { unsorted: { uid: string; request_id?: string }[] } };

function aForeignItem(change: object = {}) {
  return {
    request_id: "lead-1",
    source_name: "Internal Team Form",
    source_uid: "uid-1",
    pipeline_id: MAIN,
    created_at: 1763700000,
    metadata: { ...aForm(), ip: "192.0.2.1", referer: "https://example.com" },
    _embedded: { leads: [aLead()], contacts: [{ name: "Иван Петров" }] },
    ...change,
  };
}

function makeCertificate() {
  const dir = mkdtempSync(join(tmpdir(), "practice-tls-"));
  const [key, cert] = [join(dir, "key.pem"), join(dir, "cert.pem")];
  const made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert];
  const named = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", [...made, ...named], { stdio: "ignore" });
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
}
