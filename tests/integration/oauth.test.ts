import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { finishAuthorisation, pruneStarts, startAuthorisation } from "@/lib/account/oauth/authorise-at-kommo";
import { connectByCode } from "@/lib/account/oauth/connect-grant";
import { heedDisabled } from "@/lib/account/oauth/heed-disabled";
import { refreshCatalogue } from "@/lib/account/refresh-catalogue";
import { findGrant } from "@/lib/connection/find-grant";
import { keepGrant } from "@/lib/connection/keep-grant";
import { lockInForce } from "@/lib/connection/lock-in-force";
import { saveConnection, saveRenewal } from "@/lib/connection/mutations";
import {
  findConnectionState,
  findOauthSetUp,
  findTokenWarning,
  getConnection,
} from "@/lib/connection/queries";
import { recoverGrant } from "@/lib/connection/recover-grant";
import type { Db } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { getAccount } from "@/lib/kommo/catalogue";
import type { Recoverable } from "@/lib/kommo/schema";
import { send, type Transport } from "@/lib/kommo/send";
import { createLead } from "@/lib/leads/mutations";
import { listAttempts } from "@/lib/leads/queries";
import { findQueueStop, haltQueue } from "@/lib/queue/halt";
import { pauseSending, probeNow } from "@/lib/queue/mutations";
import type { Fault, Practice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverDue, deliverRound } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { freeSlot } from "@/tests/support/slots";
import { sleepBy } from "@/tests/support/timers";

vi.mock("node:timers/promises", async () => (await import("@/tests/support/timers")).timersByClock);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const REDIRECT = "http://desk.test/api/kommo/oauth";
const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const INVALID_GRANT = { error: "invalid_grant" };
/** As Kommo rejects leads. */
const REJECTED = {
  "validation-errors": [{ request_id: "0", errors: [{ code: "NotSupportedChoice", path: "refresh_token" }] }],
};
const TOKENS = { method: "POST", path: "/oauth2/access_token" } as const;

let practice: Practice;
/** Kommo's clock and ours. */
let clock: number;

const now = () => clock;
const pass = async (ms: number) => {
  clock += ms;
};

beforeAll(() => vi.stubEnv("OWN_PRACTICE", "1"));
beforeEach(async () => {
  clock = Date.now();
  sleepBy({
    now,
    set: (at) => {
      clock = at;
    },
  });
  practice = await openPractice({ now });
  practice.control.setAddresses({ redirectUri: REDIRECT });
});
afterEach(() => practice.close());
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("OAuth on $name", ({ open }) => {
  let db: Db;
  let admin: string;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await emptyTables(db);
    admin = await insertSeller(db);
  });
  afterAll(() => db.destroy());

  const toIntegration = () => ({ ...practice.control.integration(), redirectUri: REDIRECT });
  const connect = (code = practice.control.issueCode(), integration = toIntegration()) =>
    connectByCode({ subdomain: practice.url, integration, code }, admin, db, now);
  const read = async () => getAccount({ slot: freeSlot, connection: await getConnection(db) });
  /** As a refused request does, by our clock. */
  const recover = async (code: Recoverable = "token_refused") =>
    recoverGrant(await getConnection(db), code, { db, now });
  const deliver = () => deliverRound(db, now);
  const list = (path: string) => practice.journal.filter((entry) => entry.path.startsWith(path));
  const fail = (fault: Fault, times = 1) => practice.failNext({ ...fault, ...TOKENS } as Fault, times);
  const isAccepted = async () => (await getConnection(db)).baseUrl;

  async function save() {
    const lead = aLead({ phone: "+79001234567" });
    await createLead(lead, admin, db, now(), RULES);
    return lead.id;
  }

  describe("connecting", () => {
    test("a code that was pasted opens the account, and every secret lies sealed", async () => {
      await connect();

      expect(await read()).toMatchObject({ subdomain: "intermigro" });
      const rows = JSON.stringify([
        await db.selectFrom("grants").selectAll().execute(),
        await db.selectFrom("connections").selectAll().execute(),
        await db.selectFrom("audit").selectAll().execute(),
      ]);
      const grant = await findGrant(db);
      for (const secret of [grant?.refreshToken, grant?.connection.token, grant?.integration.clientSecret])
        expect(rows).not.toContain(secret);
      const { grant: shown } = (await findConnectionState(db)) ?? {};
      expect(shown).toMatchObject({ way: "code", scopes: ["crm", "notifications"], redirectUri: REDIRECT });
      expect(await findTokenWarning(db, now())).toBeNull();
    });

    test.each([
      ["used twice", async (code: string) => void (await connect(code)), {}, "code_spent"],
      ["older than twenty minutes", () => pass(20 * 60_000), {}, "code_expired"],
      ["of another redirect URI", async () => undefined, { redirectUri: `${REDIRECT}x` }, "redirect_wrong"],
      ["of another integration", async () => undefined, { clientId: "another-one" }, "integration_wrong"],
      ["with a wrong secret", async () => undefined, { clientSecret: "a wrong secret" }, "integration_wrong"],
    ])("a code %s is refused with its own sentence", async (_, before, wrong, problem) => {
      const code = practice.control.issueCode();
      await before(code);

      await expect(connect(code, { ...toIntegration(), ...wrong })).rejects.toMatchObject({ code: problem });
    });

    test.each<[string, Fault, string]>([
      ["a made-up code", { kind: "answer", status: 400, body: { hint: "Cannot decrypt" } }, "code_wrong"],
      ["a system error", { kind: "400-system" }, "busy"],
      ["a page of a gateway", { kind: "502" }, "busy"],
      ["too many requests", { kind: "429-json" }, "too_many_requests"],
      [
        "tokens without a refresh token",
        { kind: "answer", status: 200, body: { access_token: "a" } },
        "busy",
      ],
      ["a page with status 200", { kind: "after-garbage" }, "busy"],
      ["no answer", { kind: "cut-before" }, "unreachable"],
      ["half an answer", { kind: "cut-mid" }, "unreachable"],
      ["a redirect", { kind: "redirect" }, "account_missing"],
      ["an account that is not there", { kind: "404-html" }, "account_missing"],
      ["an answer without an end", { kind: "oversized" }, "unreachable"],
      ["words of a rejected lead", { kind: "answer", status: 400, body: REJECTED }, "code_wrong"],
      ["a refusal that nobody has seen", { kind: "answer", status: 400, body: INVALID_GRANT }, "code_wrong"],
      [
        "a detail that names what the hint does not",
        { kind: "answer", status: 400, body: { hint: "Code expired", detail: "client" } },
        "code_expired",
      ],
      [
        "an access token in two lines",
        { kind: "answer", status: 200, body: { access_token: "abc\ndef", refresh_token: "r" } },
        "busy",
      ],
      [
        "a refresh token with a NUL",
        { kind: "answer", status: 200, body: { access_token: "abc", refresh_token: "r\0" } },
        "busy",
      ],
    ])("%s leaves the connection as it was", async (_, fault, problem) => {
      const before = await isAccepted();
      fail(fault);

      await expect(connect()).rejects.toMatchObject({ code: problem });

      expect(await isAccepted()).toBe(before);
      expect(await findGrant(db)).toBeUndefined();
    });

    test("another account is refused once leads have left", async () => {
      await connect();
      await refreshCatalogue({}, db, now);
      await save();
      await deliver();
      practice.failNext({ kind: "answer", status: 200, body: { id: 7 }, path: "/account" });

      await expect(connect()).rejects.toMatchObject({ code: "other_account" });

      expect(await read()).toMatchObject({ subdomain: "intermigro" });
    });

    test("a renewed token is of the connection in force, and what an admin connects is another one", async () => {
      await connect();
      const asked = await getConnection(db);
      await pass(HOUR_MS);
      await recover();
      expect((await getConnection(db)).token).not.toBe(asked.token);
      expect(await lockInForce(asked, db)).toBe(true);

      await connect();

      expect(await lockInForce(asked, db)).toBe(false);
    });

    test("two admins who connect at once leave one whole connection", async () => {
      await Promise.all([connect(), connect()]);

      const grant = await findGrant(db);
      expect((await getConnection(db)).token).toBe(grant?.connection.token);
      clock += DAY_MS;
      expect(await read()).toMatchObject({ subdomain: "intermigro" });
    });

    test("a long-lived token takes the grant's place, also under a renewal", async () => {
      await connect();
      const grant = await findGrant(db);
      await saveConnection({ subdomain: practice.url, token: practice.token }, admin, db, now());

      const tokens = { accessToken: "x.y.z", refreshToken: "r", livesMs: DAY_MS, serverTime: null };
      const renewed = { baseUrl: practice.url, tokens, refreshSealed: grant?.refreshSealed ?? "" };

      expect(await saveRenewal(renewed, db, now())).toBe(false);
      expect((await getConnection(db)).token).toBe(practice.token);
      expect(await findGrant(db)).toBeUndefined();
    });
  });

  describe("renewing", () => {
    beforeEach(() => connect());

    test("a refused reading is repeated with the next pair, which was stored before", async () => {
      clock += DAY_MS;
      await db.updateTable("rate_lanes").set({ last_start: 0 }).execute();

      expect(await read()).toMatchObject({ subdomain: "intermigro" });

      expect(list("/api/v4/account").map(({ status }) => status)).toEqual([200, 401, 200]);
      expect(await findQueueStop(db)).toBeUndefined();
    });

    test("a refused sending is repeated: the lead leaves once, its story shows both requests", async () => {
      await refreshCatalogue({}, db, now);
      const id = await save();
      const { token } = await getConnection(db);
      await db.updateTable("sender").set({ account_mark: null, account_id: null }).execute();
      clock += DAY_MS;
      await deliver();

      expect(await readLead(id, db)).toMatchObject({ state: "confirmed" });
      expect(practice.incomingLeads()).toHaveLength(1);
      expect((await getConnection(db)).token).not.toBe(token);
      const attempts = await listAttempts(id, db);
      expect(attempts.map(({ outcome, status }) => [outcome, status])).toEqual([
        ["token_refused", 401],
        ["confirmed", 200],
      ]);
    });

    test.each(["cut-before", "cut-mid", "502", "503"] as const)(
      "an answer lost by %s before Kommo exchanges anything is asked for again",
      async (kind) => {
        clock += DAY_MS;
        if (kind === "cut-mid") fail({ kind: "answer", status: 200, body: {} });
        else fail({ kind });

        await recover();
        expect(await read()).toMatchObject({ subdomain: "intermigro" });
      },
    );

    test("a pair that was exchanged while its answer was cut off ends in words, and the leads stay", async () => {
      await refreshCatalogue({}, db, now);
      const id = await save();
      clock += DAY_MS;
      fail({ kind: "cut-after" });

      await deliver();

      expect(await findQueueStop(db)).toMatchObject({ kind: "halted", code: "grant_revoked" });
      expect(await readLead(id, db)).toMatchObject({ state: "queued" });
      await connect();
      await deliver();
      expect(await readLead(id, db)).toMatchObject({ state: "confirmed" });
    });

    test("three months without use end the grant, in words of their own", async () => {
      clock += 91 * DAY_MS;

      await expect(recover()).rejects.toMatchObject({ code: "grant_expired" });
    });

    test.each<[string, () => void, string]>([
      ["a revoked grant", () => practice.control.revokeGrants(), "grant_revoked"],
      [
        "a redirect URI that was changed in Kommo",
        () => practice.control.setAddresses({ redirectUri: `${REDIRECT}2` }),
        "redirect_wrong",
      ],
      [
        "an integration that was deleted in Kommo",
        () => fail({ kind: "answer", status: 400, body: { hint: "Check the `client_id` parameter" } }),
        "integration_wrong",
      ],
    ])("%s ends in words of its own", async (_, change, code) => {
      clock += DAY_MS;
      change();

      await expect(recover()).rejects.toMatchObject({ code });
    });

    test.each<[string, number, object]>([
      ["words of a rejected lead", 400, REJECTED],
      ["words of a rejected lead and another status", 422, REJECTED],
      ["a shape that nobody has seen", 400, INVALID_GRANT],
      ["such a shape and another status", 403, INVALID_GRANT],
      ["a problem without a hint", 401, { title: "Unauthorized", status: 401 }],
    ])("a renewal that is refused with %s halts the queue, and the leads wait", async (_, status, body) => {
      await refreshCatalogue({}, db, now);
      const id = await save();
      clock += DAY_MS;
      fail({ kind: "answer", status, body }, 3);

      await deliver();

      expect(await findQueueStop(db)).toMatchObject({ kind: "halted", code: "grant_revoked" });
      expect(await readLead(id, db)).toMatchObject({ state: "queued" });
    });

    test("an error of Kommo in JSON passes, and so does one answer in an unknown shape", async () => {
      clock += DAY_MS;
      fail({ kind: "400-system" });
      fail({ kind: "answer", status: 400, body: INVALID_GRANT });

      await recover();

      expect(await read()).toMatchObject({ subdomain: "intermigro" });
    });

    test.each([1.5, 1e300, -1, "9".repeat(15), true])(
      "a server time of %s says nothing of the clock, and the pair is stored",
      async (server_time) => {
        const body = { access_token: practice.token, refresh_token: "def502", server_time };
        clock += DAY_MS;
        fail({ kind: "answer", status: 200, body });

        await recover();

        expect((await findConnectionState(db))?.grant?.clockAheadMs).toBeNull();
        expect((await getConnection(db)).token).toBe(practice.token);
      },
    );

    test("a server time in parts of a second is stored as whole milliseconds", async () => {
      clock += 2 * MINUTE_MS;
      const server_time = now() / 1000 + 0.0123;
      fail({
        kind: "answer",
        status: 200,
        body: { access_token: practice.token, refresh_token: "def502", server_time },
      });

      await recover();

      expect(Number.isInteger((await findConnectionState(db))?.grant?.clockAheadMs)).toBe(true);
    });

    test("a pair that is refused as soon as it is there is not renewed again, and has words of its own", async () => {
      practice.failNext({ kind: "401", path: "/account" }, 2);
      await expect(read()).rejects.toMatchObject({ code: "access_refused" });
      clock += 2 * MINUTE_MS;
      practice.failNext({ kind: "401", path: "/account" }, 1);

      await expect(read()).rejects.toMatchObject({ code: "access_refused" });

      expect(list("/oauth2/access_token")).toHaveLength(2);
    });

    test("a pair that lives for less than a minute is renewed in time all the same", async () => {
      const body = { access_token: practice.token, refresh_token: "def502", expires_in: 30 };
      fail({ kind: "answer", status: 200, body });
      await connect();
      clock += 40_000;
      fail({ kind: "answer", status: 200, body: { ...body, access_token: "renewed" } });

      await recover();

      expect((await getConnection(db)).token).toBe("renewed");
    });

    test("a failure that was noted before the clock was set back keeps nothing from being renewed", async () => {
      clock += DAY_MS;
      await db
        .updateTable("grants")
        .set({ tried_at: now() + HOUR_MS, problem: "busy" })
        .execute();

      await recover();

      expect(await read()).toMatchObject({ subdomain: "intermigro" });
    });

    test("a request that is refused while an admin enters a long-lived token goes on with that one", async () => {
      const connection = await getConnection(db);
      clock += DAY_MS;
      await saveConnection({ subdomain: practice.url, token: practice.token }, admin, db, now());

      expect(await getAccount({ slot: freeSlot, connection })).toMatchObject({ subdomain: "intermigro" });

      expect(connection.recover).toBeUndefined();
      expect(list("/oauth2/access_token")).toHaveLength(1);
    });

    test("a pause that comes while the token is renewed keeps the leads here", async () => {
      await refreshCatalogue({}, db, now);
      const id = await save();
      clock += DAY_MS;
      const transport: Transport = async (url, message) => {
        const answer = await send(url, message);
        if (answer.statusCode === 401 && message.method === "POST") await pauseSending(admin, db, now());
        return answer;
      };
      await db.updateTable("sender").set({ account_mark: null, account_id: null }).execute();

      await deliverDue(await aDuty(db, now, { network: { takeSlot: freeSlot, transport } }));

      expect(await readLead(id, db)).toMatchObject({ state: "queued" });
      expect(practice.incomingLeads()).toEqual([]);
    });

    test("a grant that is found dead before its token ends is told to admins at once", async () => {
      clock += 22 * HOUR_MS;
      practice.control.revokeGrants();

      await keepGrant(db, now);

      expect(await findQueueStop(db)).toBeUndefined();
      expect(await findTokenWarning(db, now())).toMatchObject({ days: 1 });
    });

    test("an integration whose secret cannot be read is not known, and its keys are asked for", async () => {
      await db.updateTable("grants").set({ secret_sealed: "broken" }).execute();

      expect(await findOauthSetUp(db)).toMatchObject({ clientId: null });
      const wanted = { subdomain: practice.url, code: practice.control.issueCode() };
      await expect(connectByCode(wanted, admin, db, now)).rejects.toMatchObject({
        code: "invalid",
        fields: { clientId: "client_id_invalid" },
      });
    });

    test("a pair that could not be stored is stored later, and not asked for again", async () => {
      clock += DAY_MS;
      const spy = vi.spyOn(db, "transaction").mockImplementation(() => {
        throw new Error("the database is away");
      });

      await expect(recover()).rejects.toThrow("the database is away");
      spy.mockRestore();
      expect(list("/api/v4").every(({ status }) => status !== 401)).toBe(true);
      await db.updateTable("grants").set({ renewing_until: 0 }).execute();

      await recover();
      expect(await read()).toMatchObject({ subdomain: "intermigro" });
      expect(list("/oauth2/access_token")).toHaveLength(2);
    });

    test("a process that died while it renewed is replaced after its lock", async () => {
      clock += DAY_MS;
      await db
        .updateTable("grants")
        .set({ renewer: "dead", renewing_until: Date.now() - 1000 })
        .execute();

      await recover();
      expect(await read()).toMatchObject({ subdomain: "intermigro" });
    });

    test("what a frozen process has got at last counts, as the pair before is dead", async () => {
      const grant = await findGrant(db);
      await db.updateTable("grants").set({ renewer: "another" }).execute();
      const tokens = { accessToken: "x.y.z", refreshToken: "r", livesMs: DAY_MS, serverTime: null };

      const renewed = { baseUrl: practice.url, tokens, refreshSealed: grant?.refreshSealed ?? "" };

      expect(await saveRenewal(renewed, db, now())).toBe(true);
      expect((await getConnection(db)).token).toBe("x.y.z");
    });

    test("it is renewed in time while nothing is asked, once, and not before", async () => {
      const before = (await findGrant(db))?.refreshToken;
      clock += 21 * HOUR_MS;
      await keepGrant(db, now);
      expect((await findGrant(db))?.refreshToken).toBe(before);

      clock += HOUR_MS;
      await keepGrant(db, now);
      await keepGrant(db, now);

      expect((await findGrant(db))?.refreshToken).not.toBe(before);
      expect(list("/oauth2/access_token")).toHaveLength(2);
      expect(await read()).toMatchObject({ subdomain: "intermigro" });
    });

    test("a failure in time halts nothing, and is tried again five minutes later", async () => {
      clock += 22 * HOUR_MS;
      fail({ kind: "503" }, 3);
      await keepGrant(db, now);
      await keepGrant(db, now);
      expect(await findQueueStop(db)).toBeUndefined();
      expect(list("/oauth2/access_token")).toHaveLength(4);
      clock += 5 * 60_000;

      await keepGrant(db, now);

      expect((await findGrant(db))?.renewedAt).toBeGreaterThan(Date.now() + 22 * HOUR_MS);
    });

    test("a clock that is hours ahead of Kommo's is told, and renews in time", async () => {
      const kommoTime = Math.floor(now() / 1000) - 3 * 3600;
      const body = {
        access_token: practice.token,
        refresh_token: "def502",
        expires_in: 86_400,
        server_time: kommoTime,
      };
      fail({ kind: "answer", status: 200, body });

      await connect();

      const aheadMs = (await findConnectionState(db))?.grant?.clockAheadMs ?? 0;
      expect(Math.round(aheadMs / HOUR_MS)).toBe(3);
      const grant = await findGrant(db);
      expect(((grant?.renewAt ?? 0) - now()) / HOUR_MS).toBeCloseTo(22, 1);
    });

    test("a clock that was set back far renews at once", async () => {
      clock -= 40 * DAY_MS;

      await keepGrant(db, now);

      expect(list("/oauth2/access_token")).toHaveLength(2);
    });
  });

  describe("a renamed account", () => {
    beforeEach(async () => {
      await connect();
      await refreshCatalogue({}, db, now);
    });

    test.each(["401", "404", "redirect"] as const)(
      "is found by one question when its old address answers %s, and leads leave",
      async (oldHost) => {
        const id = await save();
        practice.control.setSwitch("oldHost", oldHost);
        practice.control.renameHost("localhost");

        await deliver();
        await deliver();
        clock += 7 * 60_000;
        for (let round = 0; round < 3; round++) await deliver();

        expect(await readLead(id, db)).toMatchObject({ state: "confirmed" });
        expect(practice.incomingLeads()).toHaveLength(1);
        expect((await getConnection(db)).baseUrl).toBe(practice.url.replace("127.0.0.1", "localhost"));
        expect(list("/oauth2/account/current/subdomain")).toHaveLength(1);
      },
    );

    test("stands in the story of a lead as what it was", async () => {
      const id = await save();
      const old = practice.url;
      const transport: Transport = async (url, message) => {
        await pass(1);
        if (message.method === "POST") practice.control.setSwitch("oldHost", "404");
        if (message.method === "POST" && url.origin === old) practice.control.renameHost("localhost");
        return send(url, message);
      };

      await deliverDue(await aDuty(db, now, { network: { takeSlot: freeSlot, transport } }));

      const attempts = await listAttempts(id, db);
      expect(attempts.map(({ outcome, status }) => [outcome, status])).toEqual([
        ["account_missing", 404],
        ["confirmed", 200],
      ]);
    });

    test.each<[string, object]>([
      ["a foreign host", { id: 34567890, domain: "evil.example.com" }],
      ["another account", { id: 7, domain: "localhost:1" }],
      ["the common host", { id: 34567890, domain: "www.kommo.com" }],
      ["no host", { id: 34567890, domain: "" }],
    ])("is not looked for at %s, and the token stays where it is", async (_, body) => {
      practice.control.setSwitch("oldHost", "404");
      practice.control.renameHost("localhost");
      practice.failNext({ kind: "answer", status: 200, body, path: "/oauth2/account" });

      await expect(recover("account_missing")).rejects.toMatchObject({ code: "account_missing" });

      expect((await getConnection(db)).baseUrl).toBe(practice.url);
      expect(practice.journal.every(({ host }) => host === new URL(practice.url).host)).toBe(true);
    });
  });

  test("a record that is not there costs one question a minute, and keeps no token from being renewed", async () => {
    await connect();
    clock += 2 * MINUTE_MS;
    await expect(recover("account_missing")).rejects.toMatchObject({ code: "account_missing" });
    await expect(recover("account_missing")).rejects.toMatchObject({ code: "account_missing" });
    expect(list("/oauth2/account/current/subdomain")).toHaveLength(1);

    await recover();

    expect(await read()).toMatchObject({ subdomain: "intermigro" });
  });

  describe("by way of Kommo's page", () => {
    const SESSION = "session-1";

    async function start(session = SESSION) {
      const url = await startAuthorisation(
        { subdomain: practice.url, integration: toIntegration() },
        session,
        db,
        now(),
      );
      return new URL(url).searchParams.get("state") ?? "";
    }
    const finish = (returned: object, session = SESSION) =>
      finishAuthorisation(returned, { personId: admin, session }, db, now);
    const toReturned = (state: string) => ({
      state,
      code: practice.control.issueCode(),
      referer: new URL(practice.url).host,
      client_id: practice.control.integration().clientId,
    });

    test("connects, and its state is spent", async () => {
      const state = await start();
      const returned = toReturned(state);

      await finish(returned);

      expect(await read()).toMatchObject({ subdomain: "intermigro" });
      await expect(finish(toReturned(state))).rejects.toMatchObject({ code: "state_spent" });
    });

    test.each<[string, object, string]>([
      ["a refusal", { error: "access_denied", code: undefined }, "access_denied"],
      ["another host", { referer: "evil.example.com" }, "address_foreign"],
      ["a host that only ends alike", { referer: "evilkommo.com" }, "address_foreign"],
      ["a host with a path", { referer: "a.kommo.com/../evil.com" }, "address_foreign"],
      ["a host with a user", { referer: "a.kommo.com@evil.com" }, "address_foreign"],
      ["a real account for a practice one", { referer: "intermigro.kommo.com" }, "address_foreign"],
      ["another port of this machine", { referer: "127.0.0.1:1" }, "address_foreign"],
      ["no host", { referer: undefined }, "address_foreign"],
      ["another integration", { client_id: "another-one" }, "integration_wrong"],
      ["no code", { code: undefined }, "code_wrong"],
    ])("%s connects nothing, and spends the state", async (_, change, code) => {
      const state = await start();

      await expect(finish({ ...toReturned(state), ...change })).rejects.toMatchObject({ code });

      await expect(finish(toReturned(state))).rejects.toMatchObject({ code: "state_spent" });
      expect(await findGrant(db)).toBeUndefined();
      expect(list("/oauth2")).toEqual([]);
    });

    test("a state of another session is not taken, and stays good for its own", async () => {
      const state = await start();

      await expect(finish(toReturned(state), "session-2")).rejects.toMatchObject({ code: "state_spent" });
      await finish(toReturned(state));

      expect(await read()).toMatchObject({ subdomain: "intermigro" });
    });

    test.each([
      ["typed", { subdomain: "https://intermigro.kommo.com" }, undefined],
      ["set", {}, "https://intermigro.kommo.com"],
    ])("an account other than the one that was %s is not connected", async (_, typed, address) => {
      const { kommo } = getEnv();
      const before = kommo.address;
      Object.assign(kommo, { address });
      const wanted = { ...typed, integration: toIntegration() };
      const url = await startAuthorisation(wanted, SESSION, db, now());
      Object.assign(kommo, { address: before });
      const returned = {
        ...toReturned(new URL(url).searchParams.get("state") ?? ""),
        referer: "another.kommo.com",
      };

      await expect(finish(returned)).rejects.toMatchObject({ code: "address_foreign" });

      expect(await findGrant(db)).toBeUndefined();
    });

    test("a state that comes back after an hour is not taken", async () => {
      const state = await start();
      clock += HOUR_MS + 1;

      await expect(finish(toReturned(state))).rejects.toMatchObject({ code: "state_spent" });
    });

    describe("what was entered, and denied at Kommo,", () => {
      const readKept = async () => (await findOauthSetUp(db)).kept;
      const entered = () => ({
        clientId: toIntegration().clientId,
        redirectUri: REDIRECT,
        subdomain: practice.url,
        hasSecret: true,
      });
      const deny = async () => {
        const denied = { state: await start(), error: "access_denied" };
        await expect(finish(denied)).rejects.toMatchObject({ code: "access_denied" });
      };
      const startAgain = (clientId: string) =>
        startAuthorisation(
          { subdomain: practice.url, integration: { clientId, clientSecret: "", redirectUri: REDIRECT } },
          SESSION,
          db,
          now(),
        );

      test("is kept sealed, and connects nothing by itself", async () => {
        const before = await getConnection(db);
        await deny();

        expect(await readKept()).toEqual(entered());
        const rows = await db.selectFrom("kept_integrations").selectAll().execute();
        expect(JSON.stringify([rows, await findOauthSetUp(db)])).not.toContain(toIntegration().clientSecret);
        expect(await getConnection(db)).toEqual(before);
        expect(await findGrant(db)).toBeUndefined();
      });

      test("connects without its secret being typed again, and is forgotten then", async () => {
        await deny();
        const url = await startAgain(toIntegration().clientId);
        expect(await readKept()).toEqual(entered());

        await finish(toReturned(new URL(url).searchParams.get("state") ?? ""));

        expect(await read()).toMatchObject({ subdomain: "intermigro" });
        expect((await findGrant(db))?.integration).toEqual(toIntegration());
        expect(await readKept()).toBeNull();
      });

      test.each<[string, () => Promise<unknown>]>([
        ["a code", () => connect()],
        [
          "a long-lived token",
          () => saveConnection({ subdomain: practice.url, token: practice.token }, admin, db, now()),
        ],
      ])("is forgotten where %s connects", async (_, connectOtherwise) => {
        await deny();

        await connectOtherwise();

        expect(await readKept()).toBeNull();
        expect(await db.selectFrom("kept_integrations").selectAll().execute()).toEqual([]);
      });

      test("gives way to another one, and no other takes its secret", async () => {
        await deny();
        await expect(startAgain("another-one")).rejects.toMatchObject({
          fields: { clientSecret: "client_secret_invalid" },
        });
        const another = { clientId: "another-one", clientSecret: "another secret", redirectUri: REDIRECT };

        await startAuthorisation({ integration: another }, SESSION, db, now());

        expect(await readKept()).toEqual({ ...entered(), clientId: "another-one", subdomain: "" });
      });

      test("stands beside an integration that is connected, which goes on renewing and is used by one press", async () => {
        await connect();
        const another = { clientId: "another-one", clientSecret: "another secret", redirectUri: REDIRECT };
        await startAuthorisation({ subdomain: practice.url, integration: another }, SESSION, db, now());

        clock += DAY_MS;
        await recover();
        const url = await startAuthorisation({ subdomain: practice.url }, SESSION, db, now());

        expect(await read()).toMatchObject({ subdomain: "intermigro" });
        expect(new URL(url).searchParams.get("client_id")).toBe(toIntegration().clientId);
        expect(await findOauthSetUp(db)).toMatchObject({
          clientId: toIntegration().clientId,
          kept: { clientId: "another-one" },
        });
      });

      test("asks for its secret again where the app's own has changed", async () => {
        await deny();
        await db.updateTable("kept_integrations").set({ secret_sealed: "sealed under another" }).execute();

        expect(await readKept()).toEqual({ ...entered(), hasSecret: false });
        await expect(startAgain(toIntegration().clientId)).rejects.toMatchObject({ code: "invalid" });
      });

      test("goes after thirty days, and a way that nobody came back from after an hour", async () => {
        await start();
        await pruneStarts(db, now() + HOUR_MS);
        expect(await db.selectFrom("oauth_starts").selectAll().execute()).toHaveLength(1);

        await pruneStarts(db, now() + 30 * DAY_MS - 1);
        expect(await db.selectFrom("oauth_starts").selectAll().execute()).toEqual([]);
        expect(await readKept()).toEqual(entered());

        await pruneStarts(db, now() + 30 * DAY_MS);
        expect(await readKept()).toBeNull();
      });
    });

    test("the integration that is known needs no keys a second time", async () => {
      await connect();

      const url = await startAuthorisation({ subdomain: practice.url }, SESSION, db, now());

      expect(new URL(url).searchParams.get("client_id")).toBe(toIntegration().clientId);
    });
  });

  describe("the hook of a disabled integration", () => {
    beforeEach(async () => {
      await connect();
      await refreshCatalogue({}, db, now);
    });

    /** What the practice Kommo would ask for. */
    async function toHook(options: Parameters<Practice["control"]["callHook"]>[0] = {}) {
      const asked = Promise.withResolvers<URL>();
      vi.stubGlobal("fetch", async (url: URL) => {
        asked.resolve(url);
        return new Response(null);
      });
      practice.control.setAddresses({ hookUrl: "http://desk.test/api/kommo/disabled" });
      await practice.control.callHook(options);
      vi.unstubAllGlobals();
      return Object.fromEntries((await asked.promise).searchParams);
    }

    test("halts at once, keeps its reason, and leads leave after one press by the same account", async () => {
      const id = await save();
      const hook = await toHook();
      await practice.control.disableIntegration();

      expect(await heedDisabled(hook, db, now())).toBe("halted");

      const halted = { kind: "halted", code: "integration_disabled" };
      expect(await findQueueStop(db)).toMatchObject(halted);
      await deliver();
      expect(await findQueueStop(db)).toMatchObject(halted);
      expect(await readLead(id, db)).toMatchObject({ state: "held" });
      await connect();
      await deliver();
      expect(await readLead(id, db)).toMatchObject({ state: "confirmed" });
    });

    test("sent again by somebody else, costs one question a minute", async () => {
      const hook = await toHook({ parameter: "client_id" });

      expect(await heedDisabled(hook, db, now())).toBe("halted");
      await deliver();
      expect(await findQueueStop(db)).toBeUndefined();

      expect(await heedDisabled(hook, db, now())).toBe("ignored");
      expect(await findQueueStop(db)).toBeUndefined();
      clock += 11 * MINUTE_MS;
      await keepGrant(db, now);
      clock += DAY_MS;
      practice.control.revokeGrants();
      await expect(recover()).rejects.toMatchObject({ code: "grant_revoked" });
    });

    test("keeps its reason where the tokens die some minutes after it", async () => {
      const hook = await toHook();
      await heedDisabled(hook, db, now());
      await deliver();
      expect(await findQueueStop(db)).toBeUndefined();
      clock += 5 * MINUTE_MS;
      await keepGrant(db, now);
      practice.control.revokeGrants();

      await expect(recover()).rejects.toMatchObject({ code: "integration_disabled" });
    });

    test.each(["grant_revoked", "token_refused", "access_refused"])(
      "says more than %s, for which the queue is halted already",
      async (code) => {
        await haltQueue(code, db, now());
        const since = now();
        clock += MINUTE_MS;

        await heedDisabled(await toHook(), db, now());

        expect(await findQueueStop(db)).toMatchObject({ code: "integration_disabled", since });
      },
    );

    test("does not take the place of another reason", async () => {
      await haltQueue("plan_unpaid", db, now());

      await heedDisabled(await toHook(), db, now());

      expect(await findQueueStop(db)).toMatchObject({ code: "plan_unpaid" });
    });

    test("is heeded when it names the integration in one of two ways, and leaves the other empty", async () => {
      const { client_uuid, ...hook } = await toHook();

      expect(await heedDisabled({ ...hook, client_uuid: "", client_id: client_uuid }, db, now())).toBe(
        "halted",
      );
    });

    test("is refused where the settings give a long-lived token, and the grant is renewed no longer", async () => {
      const hook = await toHook();
      clock += DAY_MS;
      const { kommo } = getEnv();
      const before = { ...kommo };
      const connection = { baseUrl: practice.url, token: practice.token };
      Object.assign(kommo, { connection, isOwnPractice: false });

      try {
        expect(await heedDisabled(hook, db, now())).toBe("refused");
        await keepGrant(db, now);
      } finally {
        Object.assign(kommo, before);
      }

      expect(await findQueueStop(db)).toBeUndefined();
      expect(list("/oauth2/access_token")).toHaveLength(1);
    });

    test.each<[string, Parameters<Practice["control"]["callHook"]>[0], object, string]>([
      ["a wrong signature", { signature: "wrong" }, {}, "refused"],
      ["no signature", { signature: "none" }, {}, "refused"],
      ["half a signature", {}, { signature: "ab" }, "refused"],
      ["a signature in capitals and more", {}, { signature: "zz".repeat(32) }, "refused"],
      ["another integration", {}, { client_uuid: "another-one" }, "refused"],
      ["a foreign account", { accountId: 7 }, {}, "ignored"],
      ["another account's number", {}, { account_id: "7" }, "refused"],
    ])("with %s halts nothing", async (_, options, change, expected) => {
      const hook = { ...(await toHook(options)), ...change };

      expect(await heedDisabled(hook, db, now())).toBe(expected);

      expect(await findQueueStop(db)).toBeUndefined();
    });

    test("is refused where a long-lived token has taken the grant's place", async () => {
      const hook = await toHook();
      await saveConnection({ subdomain: practice.url, token: practice.token }, admin, db, now());

      expect(await heedDisabled(hook, db, now())).toBe("refused");
    });

    test("a person who asks Kommo again finds it enabled", async () => {
      await heedDisabled(await toHook(), db, now());
      await probeNow(admin, db, now());

      await deliver();

      expect(await findQueueStop(db)).toBeUndefined();
    });
  });
});
