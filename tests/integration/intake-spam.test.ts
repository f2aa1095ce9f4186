import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { claimBatch } from "@/lib/delivery/claim";
import { verifyAfterRestore } from "@/lib/delivery/restore/after-restore";
import { getPage, listChosenToCheck } from "@/lib/history/queries";
import { historySchema } from "@/lib/history/schema";
import { answerIntake, answerVisitor } from "@/lib/intake/handler";
import * as forms from "@/lib/intake/mutations";
import { listRequests } from "@/lib/intake/queries";
import { decideChecked, discardLeads } from "@/lib/leads/mutations";
import { countOverdueChecks, countStuck, findLead, listStuck } from "@/lib/leads/queries";
import { aWebsiteForm } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty } from "@/tests/support/duty";
import { addPerson } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SITE = "https://school.example";

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("suspicious leads of a website form, on $name", ({ open }) => {
  let db: Db;
  let form: { id: string; key: string };
  let head: string;
  // Visits are counted by the minute, so each test has minutes of its own.
  let now = NOW;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    now += 10 * MINUTE_MS;
    head = await addPerson(db, { role: "head" });
    form = await add(false);
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const add = (asksToken: boolean) =>
    forms.createForm(aWebsiteForm({ origins: [SITE], asksToken }), null, db, now);
  const send = async (
    fields: object,
    { at = now, headers = {} }: { at?: number; headers?: Record<string, string> } = {},
  ) => {
    const body = JSON.stringify({ phone: "+79001234567", ...fields });
    const init = { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
    const answer = await answerIntake(new Request("http://desk.test/", init), form.key, db, () => at);
    expect(answer.status).toBe(202);
    const { id } = await answer.json();
    return (await findLead(id, {}, db)) ?? expect.fail("there is no lead");
  };
  const askToken = async (): Promise<string> => {
    const request = new Request("http://desk.test/?token", { headers: { origin: SITE } });
    const answer = await answerVisitor(request, form.key, db, now);
    expect(answer.headers.get("access-control-allow-origin")).toBe(SITE);
    return (await answer.json()).token;
  };

  test("a field that nobody sees is a trap, and an empty one is none", async () => {
    expect(await send({ _trap: "" })).toMatchObject({ state: "held", problem: null });
    expect(await send({ n: 2, _gotcha: "http://spam" })).toMatchObject({
      state: "to_check",
      problem: "spam_trap",
    });
    expect((await listRequests(form.id, db, now)).map(({ result }) => result).sort()).toEqual([
      "accepted",
      "to_check",
    ]);
  });

  test("a time token is ours, of this form, of today, and older than a glance", async () => {
    const token = await askToken();
    const other = (await add(false)).id;
    const sendLater = (ms: number, given = token) =>
      send({ _time: given, n: `${ms} ${given}` }, { at: now + ms });

    expect(await sendLater(3000)).toMatchObject({ state: "held" });
    expect(await sendLater(1000)).toMatchObject({ problem: "spam_fast" });
    expect(await sendLater(25 * HOUR_MS)).toMatchObject({ problem: "spam_token" });
    expect(await sendLater(3000, `${now - 1}.${token.split(".")[1]}`)).toMatchObject({
      problem: "spam_token",
    });
    expect(await sendLater(3000, "nonsense")).toMatchObject({ problem: "spam_token" });
    expect(other).not.toBe(form.id);
  });

  test("a form that asks for the token gets it from everyone but programs with a key", async () => {
    form = await add(true);
    const { secret } = await forms.addSecret({ id: form.id, days: null }, null, db, now);

    expect(await send({ n: 1 })).toMatchObject({ problem: "spam_token" });
    expect(await send({ n: 2, _time: await askToken() }, { at: now + 5000 })).toMatchObject({
      state: "held",
    });
    const program = { headers: { authorization: `Bearer ${secret}` } };
    expect(await send({ n: 3, _trap: "x" }, program)).toMatchObject({ state: "held" });
  });

  test("the eleventh of a network within a minute is looked at, and none is lost", async () => {
    const headers = { "x-forwarded-for": "203.0.113.9" };
    const states: string[] = [];
    for (let n = 0; n < 11; n++) states.push((await send({ n }, { headers })).state);

    expect(states).toEqual([...Array<string>(10).fill("held"), "to_check"]);
  });

  test("it leaves only when a head sends it on, and is put away by one press", async () => {
    const [good, bad] = [await send({ n: 1, _trap: "1" }), await send({ n: 2, _trap: "1" })];
    const duty = await aDuty(db, () => now);
    expect(await claimBatch(duty)).toEqual([]);

    await decideChecked({ id: good.id, isGood: true }, head, db, now);
    await decideChecked({ id: bad.id, isGood: false }, head, db, now);

    expect((await claimBatch(duty)).map(({ id }) => id)).toEqual([good.id]);
    expect(await findLead(bad.id, {}, db)).toMatchObject({ state: "withdrawn", problem: "spam_trap" });
    await expect(decideChecked({ id: bad.id, isGood: true }, head, db, now)).rejects.toMatchObject({
      code: "changed_meanwhile",
    });
  });

  test("heads discard many at once, chosen or all of a list, and none that was decided", async () => {
    const leads = [];
    for (let n = 0; n < 4; n++) leads.push(await send({ n, _trap: "1" }));
    const [first, second, third] = leads;
    await decideChecked({ id: third?.id ?? "", isGood: true }, head, db, now);
    const ids = [first, second, third].map((lead) => lead?.id ?? "");

    expect(await discardLeads(await listChosenToCheck({ ids }, db, "RU"), head, db, now)).toBe(2);
    const filter = historySchema.parse({ state: "to_check", author: form.id });
    expect(await listChosenToCheck({ filter: historySchema.parse({}) }, db, "RU")).toEqual([]);
    expect(await discardLeads(await listChosenToCheck({ filter }, db, "RU"), head, db, now)).toBe(1);
    expect((await findLead(third?.id ?? "", {}, db))?.state).toBe("queued");
    expect(await countStuck({}, db)).toBe(0);
  });

  test("heads see and count it, and are told after an hour; sellers are not", async () => {
    const lead = await send({ _trap: "1" });
    const seller = { authorId: await addPerson(db) };

    expect(await countStuck({}, db)).toBe(1);
    expect(await listStuck({}, db)).toMatchObject([{ id: lead.id }]);
    expect((await getPage(historySchema.parse({ state: "to_check" }), {}, db, "RU")).leads).toHaveLength(1);
    expect((await getPage(historySchema.parse({}), {}, db, "RU")).leads).toEqual([]);
    expect(await countStuck(seller, db)).toBe(0);
    expect(await countOverdueChecks({}, db, now + HOUR_MS - 1)).toBe(0);
    expect(await countOverdueChecks({}, db, now + HOUR_MS)).toBe(1);
    expect(await countOverdueChecks(seller, db, now + HOUR_MS)).toBe(0);
  });

  test("after a restore it still waits, and is looked for in Kommo before it leaves", async () => {
    const lead = await send({ _trap: "1" });
    await db.insertInto("restore_point").values({ id: "restore", restored_at: now }).execute();
    await verifyAfterRestore(db, now + 1);
    expect(await findLead(lead.id, {}, db)).toMatchObject({ state: "to_check", problem: "spam_trap" });

    await decideChecked({ id: lead.id, isGood: true }, head, db, now);
    expect(await claimBatch(await aDuty(db, () => now + 2))).toEqual([]);
    expect(await findLead(lead.id, {}, db)).toMatchObject({ state: "checking" });
  });
});
