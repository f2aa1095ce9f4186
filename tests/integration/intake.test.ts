import { readdirSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { streamAudit } from "@/lib/audit/queries";
import type { Db } from "@/lib/db/client";
import { receivedSchema } from "@/lib/domain/lead/schema";
import { findDuplicates } from "@/lib/duplicates/queries";
import { typedSchema } from "@/lib/duplicates/schema";
import { getPage, listAuthors } from "@/lib/history/queries";
import { historySchema } from "@/lib/history/schema";
import { answerIntake, answerPreflight, answerVisitor } from "@/lib/intake/handler";
import * as forms from "@/lib/intake/mutations";
import { findWebsiteForm, listForms, listRequests } from "@/lib/intake/queries";
import { correctLead, createLead } from "@/lib/leads/mutations";
import { findLead, findLeadToCorrect } from "@/lib/leads/queries";
import { moveLeads } from "@/lib/leads/transitions";
import { changePerson, createResetLink } from "@/lib/people/mutations";
import { findAccount, isSetUp, listPeople } from "@/lib/people/queries";
import { eraseLeads } from "@/lib/privacy/mutations";
import { aLead, aWebsiteForm } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { addPerson } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SITE = "https://school.example";
const RULES = { holdMs: 10_000, defaultCountry: "RU" as const };
const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";
const FOLDER = "tests/fixtures/intake";

type Sent = { type?: string; headers?: Record<string, string>; at?: number; key?: string };

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("the address of a website form, on $name", ({ open }) => {
  let db: Db;
  let form: { id: string; key: string };
  // Each test has minutes of its own, as visits are counted by the minute.
  let now = NOW;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    now += 10 * MINUTE_MS;
    form = await forms.createForm(aWebsiteForm({ origins: [SITE] }), null, db, now);
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  function send(body: unknown, { type = JSON_TYPE, headers = {}, at = now, key = form.key }: Sent = {}) {
    const request = new Request(`http://desk.test/api/intake/${key}`, {
      method: "POST",
      headers: { "content-type": type, ...headers },
      body: body instanceof Uint8Array || typeof body === "string" ? (body as string) : JSON.stringify(body),
    });
    return answerIntake(request, key, db, () => at);
  }
  const countLeads = async () => (await db.selectFrom("leads").select("id").execute()).length;
  const findOnly = async () => {
    const { id } = await db.selectFrom("leads").select("id").executeTakeFirstOrThrow();
    const lead = await findLead(id, {}, db);
    return {
      ...lead,
      values: Object.fromEntries(lead?.fields.map(({ field, value }) => [field, value]) ?? []),
    };
  };
  const results = async () => (await listRequests(form.id, db, now)).map(({ result }) => result);

  test("accepts a lead: 202 with its id, due at once, entered by the form", async () => {
    const answer = await send({ name: "Анна", phone: "8 900 123-45-67", city: "Тула" });

    expect(answer.status).toBe(202);
    const lead = await findOnly();
    expect(await answer.json()).toEqual({ id: lead.id });
    expect(lead).toMatchObject({ author: "Site", byForm: true, state: "held", dueAt: now });
    expect(lead.values).toEqual({ name: "Анна", phone: "+79001234567", comment: "city: Тула" });
    expect(await results()).toEqual(["accepted"]);
  });

  test.each(readdirSync(FOLDER))("accepts the documented body of %s", async (name) => {
    const { secret } = await forms.addSecret({ id: form.id, days: null }, null, db, now);
    const { type, body } = JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8"));
    const text = typeof body === "string" ? body : JSON.stringify(body);

    const answer = await send(text.replace("{secret}", secret), { type });

    expect(answer.status).toBe(name.startsWith("tilda") || name.startsWith("google") ? 200 : 202);
    const { values } = await findOnly();
    expect(values.name).toBeTruthy();
    expect(values.phone).toMatch(/^\+\d{10,15}$/);
  });

  test("reads Tilda's first UTM values from its cookies, and answers its test with ok", async () => {
    const { body, type } = JSON.parse(readFileSync(`${FOLDER}/tilda.json`, "utf8"));
    await send(body, { type });
    const tried = await send("test=test", { type });

    expect((await findOnly()).values).toMatchObject({ source: "google", utm_term: "school" });
    expect([tried.status, await tried.text()]).toEqual([200, "ok"]);
    expect(await countLeads()).toBe(1);
  });

  test("asks Google's lead forms for a secret, and keeps their tests from Kommo", async () => {
    const { body } = JSON.parse(readFileSync(`${FOLDER}/google-ads.json`, "utf8"));
    const { secret } = await forms.addSecret({ id: form.id, days: null }, null, db, now);

    expect((await send({ ...body, google_key: "wrong" })).status).toBe(401);
    expect((await send({ ...body, google_key: secret, is_test: true })).status).toBe(200);
    expect(await countLeads()).toBe(0);
    expect(await results()).toEqual(expect.arrayContaining(["test", "wrong_secret"]));
  });

  test("keeps the longest message whole", async () => {
    const message = "слово ".repeat(5000).trim();
    expect((await send({ phone: "+79001234567", message })).status).toBe(202);
    expect((await findOnly()).values.comment).toBe(message);
  });

  test("answers the same key alike for a day, and refuses it of a proven sender with another body", async () => {
    const { secret } = await forms.addSecret({ id: form.id, days: null }, null, db, now);
    const headers = { "idempotency-key": "one", authorization: `Bearer ${secret}` };
    const first = await (await send({ phone: "+79001234567" }, { headers })).json();
    const again = await send({ phone: "+79001234567" }, { headers, at: now + DAY_MS - 1 });
    const other = await send({ phone: "+79007654321" }, { headers });

    expect([again.status, await again.json()]).toEqual([202, first]);
    expect(other.status).toBe(422);
    expect(await countLeads()).toBe(1);
  });

  test("lets nobody without a secret reserve an id: another body is another lead", async () => {
    const { secret } = await forms.addSecret({ id: form.id, days: null }, null, db, now);
    const headers = { "idempotency-key": "one" };
    const ids = [{ phone: "+79001234567" }, { phone: "+79007654321" }, { phone: "+79001234567" }];
    const answers = [];
    for (const body of ids) answers.push(await (await send(body, { headers })).json());
    expect(new Set(answers.map(({ id }) => id)).size).toBe(2);

    const proven = { headers: { ...headers, authorization: `Bearer ${secret}` } };
    expect((await send({ phone: "+79001112233" }, proven)).status).toBe(202);
    await send({ tranid: "7", phone: "+79001234567" });
    await send({ tranid: "7", phone: "+79007654321" });
    expect(await countLeads()).toBe(5);
  });

  test("takes a key of the header whole", async () => {
    const { secret } = await forms.addSecret({ id: form.id, days: null }, null, db, now);
    const body = { phone: "+79001234567" };
    for (const end of ["a", "b"]) {
      const key = `${"k".repeat(300)}${end}`;
      await send(body, { headers: { "idempotency-key": key, authorization: `Bearer ${secret}` } });
    }
    expect(await countLeads()).toBe(2);
  });

  test("makes one lead of the same id and body, however late it comes again", async () => {
    const body = { lead_id: "77", phone: "+79001234567" };
    await send(body);
    const late = await send(body, { at: now + 3 * DAY_MS });

    expect(late.status).toBe(202);
    expect(await countLeads()).toBe(1);
  });

  test("takes a field called id for no promise: another body is another lead", async () => {
    await send({ id: "contact-form", phone: "+79001234567" });
    await send({ id: "contact-form", phone: "+79007654321" });
    await send({ id: "contact-form", phone: "+79007654321" }, { at: now + MINUTE_MS });

    expect(await countLeads()).toBe(3);
  });

  test("makes one lead of a second press, and two of a second request", async () => {
    const body = { phone: "+79001234567" };
    await Promise.all([send(body), send(body)]);
    await send({ ...body, _time: "1", _trap: "", _next: "x" });
    expect(await countLeads()).toBe(1);

    await send(body, { at: now + MINUTE_MS });
    await send({ ...body, _course: "Испанский" }, { at: now + MINUTE_MS });
    expect(await countLeads()).toBe(3);
  });

  test("sends a browser without script to the thank-you page, and no other site", async () => {
    const headers = { accept: "text/html", origin: SITE };
    const ours = await send("phone=%2B79001234567", { type: FORM_TYPE, headers });
    const theirs = await send(`phone=%2B79001234568&_next=${SITE}/ok%0d%0aset-cookie:a`, {
      type: FORM_TYPE,
      headers,
    });
    const foreign = await send("phone=%2B79001234569&_next=https://evil.example/", {
      type: FORM_TYPE,
      headers,
    });

    expect(ours.status).toBe(303);
    expect(ours.headers.get("location")).toBe(`/api/intake/${form.key}?received`);
    expect(theirs.headers.get("location")).toBe(`${SITE}/okset-cookie:a`);
    expect(foreign.headers.get("location")).toBe(`/api/intake/${form.key}?received`);
    const thanks = new Request(`http://desk.test/api/intake/${form.key}?received`, {
      headers: { "accept-language": "es" },
    });
    expect(await (await answerVisitor(thanks, form.key, db)).text()).toContain("Gracias");
  });

  test("shows what was typed again, in the visitor's language, when nobody could be reached", async () => {
    const headers = { accept: "text/html", "accept-language": "ru-RU" };
    const answer = await send("name=%22%3E%3Cscript%3E&_next=x", { type: FORM_TYPE, headers });

    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain("Укажите телефон");
    expect(page).toContain('value="&#34;&#62;&#60;script&#62;"');
    expect(page).toContain('name="phone" value=""');
    expect(page).not.toContain("<script>");
  });

  test("keeps the language of the form: what its page says, else what the visitor's browser asks for", async () => {
    const readLanguage = async () =>
      await db
        .selectFrom("leads")
        .select(["language", "through"])
        .orderBy("created_at", "desc")
        .executeTakeFirst();
    const sendWith = async (body: object, headers: Record<string, string> = {}) => {
      now += MINUTE_MS;
      await send({ phone: `+7900${now % 10_000_000}`.slice(0, 12), ...body }, { headers, at: now });
      return readLanguage();
    };
    const spanish = { "accept-language": "es-MX,es;q=0.9,en;q=0.5" };

    expect(await sendWith({}, spanish)).toEqual({ language: "es", through: "website" });
    expect(await sendWith({ _language: "pt-BR" }, spanish)).toMatchObject({ language: "pt" });
    expect(await sendWith({})).toMatchObject({ language: null });
    expect(await sendWith({}, { "accept-language": "de" })).toMatchObject({ language: null });
    expect(await sendWith({ _language: "x".repeat(10_000) }, spanish)).toMatchObject({ language: null });
  });

  test("reads a declared charset", async () => {
    const bytes = Buffer.from("name=%C0%ED%ED%E0&phone=%2B79001234567", "latin1");
    await send(bytes, { type: `${FORM_TYPE}; charset=windows-1251` });

    expect((await findOnly()).values.name).toBe("Анна");
  });

  test("reads multipart without files, and refuses a file in words", async () => {
    const multipart = (file: string) =>
      `--b\r\ncontent-disposition: form-data; name="phone"\r\n\r\n+79001234567\r\n--b\r\ncontent-disposition: form-data; name="cv"; filename="${file}"\r\n\r\n${file}\r\n--b--\r\n`;
    const type = "multipart/form-data; boundary=b";
    expect((await send(multipart("cv.pdf"), { type })).status).toBe(415);
    expect(await countLeads()).toBe(0);

    expect((await send(multipart(""), { type })).status).toBe(202);
  });

  test("reads multipart in its charset, and refuses what is not in it", async () => {
    const name = Buffer.from([0xc0, 0xed, 0xed, 0xe0]);
    const toPart = (field: string) => `--b\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(`${toPart("phone")}+79001234567\r\n${toPart("name")}`),
      name,
      Buffer.from("\r\n--b--\r\n"),
    ]);
    const type = "multipart/form-data; boundary=b";
    expect((await send(body, { type })).status).toBe(400);
    expect((await send(body, { type: `${type}; charset=klingon` })).status).toBe(415);

    expect((await send(body, { type: `${type}; charset=windows-1251` })).status).toBe(202);
    expect((await findOnly()).values.name).toBe("Анна");
  });

  test("lets a page of an allowed site read the answer, and refuses others", async () => {
    const allowed = await send({ phone: "+79001234567" }, { headers: { origin: SITE } });
    const foreign = await send({ phone: "+79001234567" }, { headers: { origin: "https://evil.example" } });
    const opaque = await send({ phone: "+79001234567" }, { headers: { origin: "null" } });

    expect(allowed.headers.get("access-control-allow-origin")).toBe(SITE);
    expect([foreign.status, opaque.status]).toEqual([403, 202]);
    expect(opaque.headers.has("access-control-allow-origin")).toBe(false);
    expect(foreign.headers.has("access-control-allow-origin")).toBe(false);
    const ask = (origin: string) =>
      answerPreflight(
        new Request("http://desk.test/", { method: "OPTIONS", headers: { origin } }),
        form.key,
        db,
      );
    expect((await ask(SITE)).status).toBe(204);
    expect((await ask("https://evil.example")).status).toBe(403);
  });

  test("shows another site's visitor no form to send again", async () => {
    const headers = { accept: "text/html", origin: "https://evil.example" };
    const answer = await send("phone=%2B79001234567", { type: FORM_TYPE, headers });

    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain("<form");
  });

  test("reads the page that the browser came from, once, and whatever else is called a page", async () => {
    const headers = { origin: SITE, referer: `${SITE}/?utm_source=vk` };
    const readSent = async (body: object) => {
      const { id } = await (await send(body, { headers })).json();
      const lead = await findLead(id, {}, db);
      return lead?.fields.filter(({ field }) => field === "source" || field === "comment");
    };

    expect(await readSent({ phone: "+79001234567", page: "Contact" })).toEqual([
      { field: "source", value: "vk" },
      { field: "comment", value: `page: Contact\npage: ${SITE}/?utm_source=vk` },
    ]);
    expect(await readSent({ phone: "+79001234567", page: `${SITE}/a?utm_source=ok` })).toEqual([
      { field: "source", value: "ok" },
      { field: "comment", value: `page: ${SITE}/a?utm_source=ok` },
    ]);
  });

  test("takes a secret key until it expires or is removed", async () => {
    const { secret } = await forms.addSecret({ id: form.id, days: 1 }, null, db, now);
    const headers = { authorization: `Bearer ${secret}` };
    expect((await send({ phone: "+79001234567" }, { headers })).status).toBe(202);
    expect((await send({ phone: "1" }, { headers: { authorization: "Bearer nonsense" } })).status).toBe(401);
    expect((await send({ phone: "+79001234567" }, { headers, at: now + DAY_MS })).status).toBe(401);
  });

  test("slows a network down, but not a program with a secret key", async () => {
    const { secret } = await forms.addSecret({ id: form.id, days: null }, null, db, now);
    const visitor = { "x-forwarded-for": "203.0.113.7" };
    for (let count = 0; count < 60; count++) await send("", { headers: visitor });
    const refused = await send({ phone: "+79001234567" }, { headers: visitor });
    const program = await send(
      { phone: "+79001234567" },
      { headers: { ...visitor, authorization: `Bearer ${secret}` } },
    );

    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(program.status).toBe(202);
    const page = await send("phone=%2B79001234567", {
      type: FORM_TYPE,
      headers: { ...visitor, accept: "text/html" },
    });
    expect([page.status, await page.text()]).toEqual([429, expect.stringContaining('value="+79001234567"')]);
    const noted = db.selectFrom("intake_requests").select("id").where("result", "=", "too_many");
    expect(await noted.execute()).toHaveLength(1);
  });

  test("counts programs with a secret key, and Google, apart from strangers", async () => {
    const { secret } = await forms.addSecret({ id: form.id, days: null }, null, db, now);
    for (let count = 0; count < 601; count++)
      await send("", { key: form.key, headers: { "x-forwarded-for": `203.0.113.${count % 250}` } });
    const stranger = await send({ phone: "+79001234567" }, { headers: { "x-forwarded-for": "192.0.2.1" } });
    const google = await send({ phone: "+79001234567", google_key: secret });

    expect([stranger.status, google.status]).toEqual([429, 200]);
  });

  test("counts a request in the minute in which its body has come", async () => {
    const visitor = { "x-forwarded-for": "203.0.113.8" };
    for (let count = 0; count < 60; count++) await send("", { headers: visitor });
    await send("", { headers: visitor, at: now - 5 * MINUTE_MS });
    expect((await send({ phone: "+79001234567" }, { headers: visitor })).status).toBe(429);
  });

  test("says to a browser and to the admin that a body is too large", async () => {
    const answer = await send(`phone=${"1".repeat(64 * 1024)}`, {
      type: FORM_TYPE,
      headers: { accept: "text/html", "accept-language": "ru" },
    });
    const page = await answer.text();
    expect([answer.status, page]).toEqual([413, expect.stringContaining("64 КБ")]);
    // Nothing of it was read, so only the visitor's browser has it still.
    expect(page).toContain("Вернитесь назад в браузере: всё, что вы ввели, на месте.");
    expect(await results()).toEqual(["too_large"]);
  });

  test("refuses a paused form, and takes leads again afterwards", async () => {
    await forms.pauseForm(form.id, null, db, now);
    expect((await send({ phone: "+79001234567" })).status).toBe(403);
    await forms.resumeForm(form.id, null, db, now);
    expect((await send({ phone: "+79001234567" })).status).toBe(202);
  });

  test("takes many of one moment, and the same twice as one", async () => {
    const people = Array.from({ length: 9 }, (_, index) => ({
      name: "Иван",
      phone: `+790012345${10 + index}`,
    }));
    const [first = {}] = people;

    const answers = await Promise.all([...people, first].map((body) => send(body)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const ids = await Promise.all(answers.map(async (answer) => (await answer.json()).id));
    expect(new Set(ids).size).toBe(people.length);
    expect(ids.at(-1)).toBe(ids[0]);
    expect((await results()).toSorted()).toEqual([...people.map(() => "accepted"), "repeated"]);
  });

  test("stops the old address when the key is replaced", async () => {
    const old = form.key;
    const { key } = await forms.rotateKey(form.id, null, db, now);
    expect((await send({ phone: "+79001234567" }, { key: old })).status).toBe(404);
    expect((await send({ phone: "+79001234567" }, { key })).status).toBe(202);
  });

  const broken: [string, number, unknown, Sent?][] = [
    ["no key", 404, {}, { key: "" }],
    ["an unknown key", 404, {}, { key: "AAAAAAAAAAAAAAAA" }],
    ["a key like SQL", 404, {}, { key: "'; drop table" }],
    ["more than 64 KB", 413, { phone: "1".repeat(64 * 1024) }],
    ["cut JSON", 400, '{"phone": "+7900'],
    ["a JSON text", 400, '"phone"'],
    ["a JSON list", 400, "[1, 2]"],
    ["nothing", 400, ""],
    ["a nest", 400, `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`],
    ["broken UTF-8", 400, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ["broken UTF-8 behind escapes", 400, "phone=%ff%fe", { type: FORM_TYPE }],
    ["a cut multipart", 400, "--b\r\nconte", { type: "multipart/form-data; boundary=b" }],
    ["a multipart without boundary", 400, "x", { type: "multipart/form-data" }],
    ["XML", 415, "<phone/>", { type: "text/xml" }],
    ["no type", 415, "phone", { type: "" }],
    ["an unknown charset", 415, "phone=1", { type: `${FORM_TYPE}; charset=klingon` }],
    ["no contact", 422, { name: "Анна" }],
    ["nothing but hostile names", 422, `{"__proto__":{"x":1},"constructor":{"prototype":1}}`],
  ];
  test.each(broken)("answers %s with %i and writes no lead", async (_, status, body, sent) => {
    const answer = await send(body, sent);

    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: expect.any(String), message: expect.any(String) });
    expect(await countLeads()).toBe(0);
  });

  test("is no person: nobody can list, change or sign it in, and it sets nothing up", async () => {
    expect(await isSetUp(db)).toBe(false);
    expect(await listPeople(db)).toEqual([]);
    expect(await findAccount(form.id, db)).toBeUndefined();
    const role = { id: form.id, name: "Anna", role: "admin" as const, locale: "en" as const };
    await expect(changePerson(role, null, db, now)).rejects.toMatchObject({ code: "not_found" });
    await expect(createResetLink(form.id, null, db, now)).rejects.toMatchObject({ code: "not_found" });
  });

  test("leaves its leads to every head and admin to correct, and to no seller", async () => {
    await send({ phone: "+79001234567" });
    const { id } = await db.selectFrom("leads").select("id").executeTakeFirstOrThrow();
    const [seller, head] = [await addPerson(db), await addPerson(db, { role: "head" })];
    const lead = aLead({ id, name: "Анна" });

    expect(await findLeadToCorrect(id, seller, db)).toBeUndefined();
    await expect(correctLead(lead, seller, db, now, RULES)).rejects.toMatchObject({ code: "not_found" });
    expect(await findLeadToCorrect(id, head, db)).toMatchObject({ id });
    await correctLead(lead, head, db, now, RULES);
    expect(await findLead(id, {}, db)).toMatchObject({ author: "Site", title: "Анна" });
  });

  test("lets a head correct a lead without a name, however long its comment is", async () => {
    await send({ phone: "+79001234567", message: "слово ".repeat(2000).trim() });
    const { id } = await db.selectFrom("leads").select("id").executeTakeFirstOrThrow();
    const head = await addPerson(db, { role: "head" });
    const { values, byForm } = (await findLeadToCorrect(id, head, db)) ?? expect.fail("there is no lead");

    expect(byForm).toBe(true);
    const corrected = receivedSchema.parse({ ...values, id, source: "vk" });
    await correctLead(corrected, head, db, now, RULES);
    expect((await findOnly()).values).toMatchObject({ source: "vk", comment: values.comment });
    expect(receivedSchema.safeParse({ ...corrected, phone: "" }).success).toBe(false);

    const own = aLead({ phone: "+79007654321" });
    await createLead(own, head, db, now, RULES);
    const nameless = { ...own, name: "", surname: "" };
    await expect(correctLead(nameless, head, db, now, RULES)).rejects.toMatchObject({ code: "invalid" });
  });

  test("keeps its settings when its mapping is changed, and its mapping when its settings are", async () => {
    const settings = { id: form.id, ...aWebsiteForm({ name: "Landing", asksToken: true }) };
    await forms.changeForm(settings, null, db, now);
    await forms.changeTargets({ id: form.id, targets: { city: "ignored" } }, null, db, now);
    await forms.changeForm({ ...settings, name: "Site" }, null, db, now);

    expect(await findWebsiteForm(form.id, db)).toMatchObject({
      ...{ name: "Site", origins: [], asksToken: true, targets: { city: "ignored" } },
    });
    const lines = [];
    for await (const { subject } of streamAudit(now - 1, db)) lines.push(subject);
    expect(lines[0]).toEqual({ id: form.id, email: null });
  });

  test("leaves nothing of a lead that is erased, its masked request included", async () => {
    await send({ phone: "+79001234567" });
    const { id } = await db.selectFrom("leads").select("id").executeTakeFirstOrThrow();
    await moveLeads("withdraw", {}, db).where("id", "=", id).execute();
    await eraseLeads([id], await addPerson(db), db, now, "secret");

    expect(await listRequests(form.id, db, now)).toEqual([]);
    expect(await db.selectFrom("intake_answers").selectAll().execute()).toEqual([]);
    expect(await countLeads()).toBe(0);
  });

  test.each([
    ["a key of the header", {}, { "idempotency-key": "order-17" }],
    ["an id of its own", { lead_id: "17" }, {}],
    ["our page's first showing", { _time: "1" }, {}],
  ])(
    "answers %s as before once its lead is erased, and saves nothing of it again",
    async (_, more, headers) => {
      const body = { phone: "+79001234567", ...more };
      const first = await (await send(body, { headers })).json();
      await eraseLeads([first.id], await addPerson(db), db, now);

      const again = await send(body, { headers });
      await forms.pauseForm(form.id, null, db, now);
      const paused = await send(body, { headers, at: now + 3 * DAY_MS });

      expect([again.status, await again.json(), paused.status]).toEqual([202, first, 202]);
      expect(await countLeads()).toBe(0);
      expect(await db.selectFrom("intake_answers").selectAll().execute()).toEqual([]);
      const requests = await listRequests(form.id, db, now);
      expect(requests.map(({ result, leadId, fields }) => ({ result, leadId, fields }))).toEqual(
        [1, 2].map(() => ({ result: "repeated", leadId: null, fields: [] })),
      );
    },
  );

  test("is an author like others in the history, in the export's filter and among duplicates", async () => {
    const head = await addPerson(db, { role: "head", name: "Вера" });
    await send({ phone: "+79001234567" });
    await createLead(aLead({ phone: "+7 900 765-43-21" }), head, db, now, RULES);

    const page = await getPage(historySchema.parse({ author: form.id }), {}, db, "RU");
    expect(page.leads).toMatchObject([{ author: "Site", byForm: true }]);
    expect(await listAuthors(db)).toContainEqual({ id: form.id, author: "Site", byForm: true });
    const reader = { id: head, email: "", name: "Вера", role: "head" as const };
    const typed = typedSchema.parse({ phone: "89001234567" });
    const { matches } = await findDuplicates(typed, reader, db, now, "RU");
    expect(matches).toMatchObject([{ author: "Site", byForm: true, strength: "exact" }]);
  });

  test("keeps the last requests with masked values, and lists what the form did", async () => {
    await send({ phone: "+79001234567", name: "Анна" });
    await send({ name: "Борис" }, { at: now + 1 });

    const [refused, accepted] = await listRequests(form.id, db, now);
    expect(refused).toMatchObject({ result: "contact_missing", leadId: null });
    expect(accepted?.fields).toEqual([
      { name: "phone", value: "+•••••••••" },
      { name: "name", value: "А•••" },
    ]);
    expect(await listForms(db, now)).toMatchObject([
      { name: "Site", leadsOfDay: 1, errorsOfDay: 1, lastLeadAt: now },
    ]);
    for (let at = now + 2; at < now + 205; at++)
      await forms.noteRequest({ formId: form.id, result: "unreadable" }, db, at);
    await forms.pruneIntake(db, now + 205);
    const kept = () => db.selectFrom("intake_requests").select("at").execute();
    expect(await kept()).toHaveLength(200);
    await forms.pruneIntake(db, now + 8 * DAY_MS);
    expect(await kept()).toEqual([]);
  });
});
