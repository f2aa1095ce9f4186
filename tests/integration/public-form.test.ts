import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { solve } from "@/components/public-form/script/proof";
import { saveConsent } from "@/lib/consent/mutations";
import { findConsentText, getConsentSettings } from "@/lib/consent/queries";
import type { Db } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { claimBatch } from "@/lib/delivery/claim";
import { answerFormParts, answerHostedForm } from "@/lib/hosted-form/handler";
import { answerIntake, answerVisitor } from "@/lib/intake/handler";
import * as forms from "@/lib/intake/mutations";
import { findFormByKey, listRequests } from "@/lib/intake/queries";
import type { NewForm } from "@/lib/intake/schema";
import { createLead } from "@/lib/leads/mutations";
import { findLead } from "@/lib/leads/queries";
import { aLead, aWebsiteForm } from "@/tests/support/builders";
import { databases, emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty } from "@/tests/support/duty";
import { addPerson } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SITE = "https://school.example";
const FORM_TYPE = "application/x-www-form-urlencoded";
const TEXTS = { en: "I agree", ru: "Согласен", es: "", pt: "" };
const RULES = { holdMs: 10_000, defaultCountry: "RU" as const };

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("the public form, on $name", ({ open }) => {
  let db: Db;
  let form: { id: string; key: string };
  let admin: string;
  // Visits are counted by the minute, so each test has minutes of its own.
  let now = NOW;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    now += 3 * DAY_MS;
    admin = await addPerson(db, { role: "admin" });
    form = await add();
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const add = (more: Partial<NewForm> = {}) =>
    forms.createForm(aWebsiteForm({ origins: [SITE], ...more }), null, db, now);
  const askFor = (path: string, headers: Record<string, string> = {}) =>
    new Request(`http://desk.test${path}`, { headers });
  const openPage = async (query = "", headers: Record<string, string> = {}) => {
    const answer = await answerHostedForm(askFor(`/f/${form.key}${query}`, headers), form.key, db, now);
    return { answer, html: await answer.text() };
  };
  const send = (
    fields: Record<string, string>,
    { at = now, accept = "application/json", key = form.key } = {},
  ) => {
    const body = new URLSearchParams({ phone: "+79001234567", ...fields });
    const headers = { "content-type": FORM_TYPE, accept };
    const request = new Request("http://desk.test/", { method: "POST", body: String(body), headers });
    return answerIntake(request, key, db, () => at);
  };
  const findSent = async (answer: Response) => {
    expect(answer.status).toBe(202);
    return (await findLead((await answer.json()).id, {}, db)) ?? expect.fail("there is no lead");
  };
  const solveNow = async (at = now, key = form.key): Promise<string> => {
    const answer = await answerVisitor(askFor("/?challenge", { origin: SITE }), key, db, at);
    expect(answer.headers.get("access-control-allow-origin")).toBe(SITE);
    return solve(await answer.json());
  };
  const countLeads = async () => (await db.selectFrom("leads").select("id").execute()).length;

  test("stands on a page of ours, in the visitor's language and in the one of the link", async () => {
    const { answer, html } = await openPage("", { "accept-language": "pt-BR" });
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(html).toContain('<html lang="pt">');
    expect(html).toContain("Telefone");
    expect((await openPage("?lang=es", { "accept-language": "pt" })).html).toContain("Teléfono");
  });

  test("may be framed by its own sites and by nobody else", async () => {
    const policy = (answer: Response) => answer.headers.get("content-security-policy") ?? "";
    expect(policy((await openPage()).answer)).toMatch(/; frame-ancestors https:\/\/school\.example$/);
    // What it answers there too: the page with an error, and the thanks.
    const refused = await send({ phone: "" }, { accept: "text/html" });
    const thanks = await answerVisitor(askFor("/?received"), form.key, db, now);
    for (const answer of [refused, thanks])
      expect(policy(answer)).toMatch(/; frame-ancestors https:\/\/school\.example$/);
    expect(policy(await send({}))).toContain("frame-ancestors 'none'");
    form = await add({ origins: [] });
    expect(policy((await openPage()).answer)).toMatch(/; frame-ancestors 'none'$/);
  });

  test("says to a visitor what a visitor can do, and to its owner what is the matter", async () => {
    const html = await (await answerHostedForm(askFor("/f/x"), "0000000000000000", db, now)).text();
    expect(html).toContain('role="alert">Please contact us another way.');
    expect(html).toContain("For the owner of this site: There is no form at this address.");
  });

  test("is one lead when its page is sent again after a lost answer, and another when it is shown anew", async () => {
    const later = now + 10 * MINUTE_MS;
    const first = await findSent(await send({ _form: "en", _time: "1.a" }));
    const again = await findSent(await send({ _form: "en", _time: "1.a" }, { at: later }));
    expect(again.id).toBe(first.id);
    expect((await findSent(await send({ _form: "en", _time: "2.b" }, { at: later + HOUR_MS }))).id).not.toBe(
      first.id,
    );
    expect(await countLeads()).toBe(2);
  });

  test("answers what it has taken as before, whatever the admin has changed since", async () => {
    const first = await findSent(await send({ lead_id: "7" }));
    await forms.pauseForm(form.id, null, db, now);
    expect((await findSent(await send({ lead_id: "7" }))).id).toBe(first.id);
    expect((await send({ lead_id: "8" })).status).toBe(403);
    expect((await send({ lead_id: "7" }, { at: now + 2 * DAY_MS })).status).toBe(403);
    await forms.resumeForm(form.id, null, db, now);
    await saveConsent({ texts: TEXTS, isAsked: false }, admin, db, now);
    const { shown, thanks, ...settings } = aWebsiteForm({ origins: [SITE], asksConsent: true });
    await forms.changeForm({ ...settings, shown, thanks, id: form.id }, null, db, now);
    expect((await findSent(await send({ lead_id: "7" }))).id).toBe(first.id);
    expect((await send({ lead_id: "8" })).status).toBe(422);
    expect(await countLeads()).toBe(1);
  });

  test("says of an unknown key and of a paused form what is the matter, and shows no form", async () => {
    await forms.pauseForm(form.id, null, db, now);
    const paused = await openPage("?lang=en");
    expect(paused.html).toContain("closed for now");
    expect(paused.html).not.toContain("<form");
    const unknown = await answerHostedForm(askFor("/f/x"), "0000000000000000", db, now);
    expect([unknown.status, await unknown.text()]).toEqual([404, expect.not.stringContaining("<form")]);
    expect((await answerHostedForm(askFor("/f/x"), "../etc", db, now)).status).toBe(404);
  });

  test("hands on the page that led to it, and the UTM values of its own address", async () => {
    const referer = `${SITE}/?utm_source=vk`;
    const { html } = await openPage("?utm_medium=cpc&utm_term=%3Cb%3E&x=1", { referer });
    expect(html).toContain('name="utm_medium" value="cpc"');
    expect(html).toContain('name="utm_term" value="&#60;b&#62;"');
    expect(html).toContain(`name="page" value="${referer}"`);
    const query = new URLSearchParams({ utm_medium: "cpc", utm_term: "<b>", page: referer, lang: "ru" });
    expect(html).toContain(`href="?${String(query).replaceAll("&", "&#38;")}"`);
    const ours = { referer: "http://desk.test/f/0" };
    expect((await openPage("", ours)).html).not.toContain('name="page"');
    // The link to another language keeps it.
    expect((await openPage(`?${query}`, ours)).html).toContain(`name="page" value="${referer}"`);
  });

  test("gives its parts to the script of a listed site alone", async () => {
    const askParts = (origin: string) =>
      answerFormParts(askFor(`/f/${form.key}/form?lang=ru-RU`, { origin }), form.key, db, now);
    const [own, foreign] = [await askParts(SITE), await askParts("https://evil.example")];

    expect(own.headers.get("access-control-allow-origin")).toBe(SITE);
    expect(await own.json()).toMatchObject({
      html: expect.stringContaining("Телефон"),
      css: expect.stringContaining("--lead-desk-accent"),
    });
    expect(foreign.status).toBe(403);
    expect(foreign.headers.has("access-control-allow-origin")).toBe(false);
    expect((await answerFormParts(askFor("/"), "0000000000000000", db, now)).status).toBe(404);
  });

  test("is shown again with all that was typed, without script, when nobody could be reached", async () => {
    await saveConsent({ texts: TEXTS, isAsked: false }, admin, db, now);
    form = await add({ asksConsent: true });
    const typed = {
      phone: "",
      name: 'Анна "><i>',
      _form: "ru",
      _consent: "1",
      page: `${SITE}/?utm_source=vk`,
    };
    const answer = await send(typed, { accept: "text/html" });

    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain("Укажите телефон");
    expect(html).toContain('value="Анна &#34;&#62;&#60;i&#62;"');
    expect(html).toContain(`name="page" value="${SITE}/?utm_source=vk"`);
    expect(html).toContain('value="1" required checked');
    expect(html).toContain("Имя");
  });

  test("leads to our page of thanks in its own language", async () => {
    const answer = await send({ _form: "es" }, { accept: "text/html" });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`/api/intake/${form.key}?received&lang=es`);
    const thanks = await answerVisitor(askFor("/?received&lang=es"), form.key, db, now);
    expect(await thanks.text()).toContain("Gracias");
  });

  describe("with proof of work", () => {
    beforeEach(async () => {
      form = await add({ asksProof: true });
    });

    test("takes a lead with a solved challenge, and looks at one without", async () => {
      expect(await findSent(await send({ n: "1", altcha: await solveNow() }))).toMatchObject({
        state: "held",
        fields: expect.not.arrayContaining([{ field: "comment", value: expect.stringContaining("altcha") }]),
      });
      expect(await findSent(await send({ n: "2" }))).toMatchObject({
        state: "to_check",
        problem: "spam_proof",
      });
    });

    test("looks at one whose challenge is another form's, too old, or nonsense", async () => {
      const other = await add({ asksProof: true });
      const wrong = [await solveNow(now, other.key), await solveNow(now - HOUR_MS), "nonsense", "e30=", ""];
      const solved: object = JSON.parse(Buffer.from(await solveNow(), "base64").toString());
      wrong.push(Buffer.from(JSON.stringify({ ...solved, number: 1 })).toString("base64"));
      wrong.push(Buffer.from("null").toString("base64"), "x".repeat(5000));
      for (const [n, altcha] of wrong.entries())
        expect(await findSent(await send({ n: String(n), altcha })), altcha.slice(0, 20)).toMatchObject({
          problem: "spam_proof",
        });
    });

    test("spends a challenge once: the same lead again is answered alike, another is refused", async () => {
      const altcha = await solveNow();
      const first = await (await send({ n: "1", altcha })).json();
      const again = await send({ n: "1", altcha });
      const replayed = await send({ n: "2", altcha });

      expect([again.status, await again.json()]).toEqual([202, first]);
      expect([replayed.status, await replayed.json()]).toEqual([
        409,
        { error: "spent", message: expect.any(String) },
      ]);
      expect(await countLeads()).toBe(1);
      expect((await listRequests(form.id, db, now)).map(({ result }) => result).sort()).toEqual([
        ...["accepted", "repeated", "spent"],
      ]);
      // Refused is not received: with a new challenge it is taken.
      expect(await findSent(await send({ n: "2", altcha: await solveNow() }))).toMatchObject({
        state: "held",
      });
    });

    test("brings one lead of many that come at once with one challenge", async () => {
      const altcha = await solveNow();
      const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => send({ n: String(n), altcha })));

      expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409, 409]);
      expect(await countLeads()).toBe(1);
    });

    test("forgets a challenge once it is too old to be used again", async () => {
      await send({ altcha: await solveNow() });
      const count = async () => (await db.selectFrom("intake_spent").selectAll().execute()).length;
      await forms.pruneIntake(db, now + HOUR_MS - MINUTE_MS);
      expect(await count()).toBe(1);
      await forms.pruneIntake(db, now + HOUR_MS);
      expect(await count()).toBe(0);
    });

    test("asks no program with a secret key", async () => {
      const { secret } = await forms.addSecret({ id: form.id, days: null }, null, db, now);
      const request = new Request("http://desk.test/", {
        method: "POST",
        body: JSON.stringify({ phone: "+79001234567" }),
        headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
      });
      expect(await findSent(await answerIntake(request, form.key, db, () => now))).toMatchObject({
        state: "held",
      });
    });
  });

  describe("with consent", () => {
    const save = (texts: Partial<typeof TEXTS>, at: number, isAsked = false) =>
      saveConsent({ texts: { ...TEXTS, ...texts }, isAsked }, admin, db, at);
    beforeEach(async () => {
      await save({}, now - 2 * DAY_MS);
      form = await add({ asksConsent: true });
    });

    test("refuses a lead without it in words, and keeps version and time with the others", async () => {
      const refused = await send({});
      expect([refused.status, await refused.json()]).toEqual([
        422,
        { error: "consent_missing", message: expect.stringContaining("agree") },
      ]);
      expect(await countLeads()).toBe(0);
      expect(await listRequests(form.id, db, now)).toMatchObject([{ result: "consent_missing" }]);

      const lead = await findSent(await send({ _consent: "1" }));
      expect(lead.consent).toEqual({ version: 1, at: now });
      expect(await findSent(await send({ n: "2", consent: "on" }))).toMatchObject({
        consent: { version: 1, at: now },
      });
    });

    test.each(["", "0", "-1", "99", "no", "1e9", "__proto__", "9".repeat(400)])(
      "takes %j for none",
      async (given) => {
        expect((await send({ _consent: given })).status).toBe(422);
        expect(await countLeads()).toBe(0);
      },
    );

    test("is asked for on the page after another site's form, which has no box of ours", async () => {
      const sent = await send({ Vashe_imya: "Анна", consent: "no" }, { accept: "text/html" });
      const page = await sent.text();

      expect(page).toMatch(/<input type="checkbox"[^>]* name="_consent" value="1" required/);
      expect(page).toContain('name="Vashe_imya" value="Анна"');
      expect(page).not.toContain('name="consent"');
    });

    test("makes a new version of another text, and of nothing else", async () => {
      await save({}, now, true);
      expect(await getConsentSettings(db)).toMatchObject({ version: 1, isAsked: true });
      await save({ en: "I agree to more" }, now);
      expect(await findConsentText(db)).toMatchObject({ version: 2, texts: { en: "I agree to more" } });
    });

    test("takes the text that a page still shows, for a day after it was replaced", async () => {
      await save({ en: "Another" }, now);
      const inTime = await findSent(await send({ _consent: "1" }, { at: now + DAY_MS - 1 }));
      expect(inTime.consent?.version).toBe(1);
      const late = await send({ n: "2", _consent: "1" }, { at: now + DAY_MS });
      expect([late.status, (await late.json()).error]).toEqual([422, "consent_outdated"]);
      // The box of another's form, which says 1 when it is ticked.
      const ticked = await findSent(await send({ n: "3", consent: "1" }, { at: now + DAY_MS }));
      expect(ticked.consent?.version).toBe(2);
    });

    test("shows the text in the visitor's language, else in the first that has one", async () => {
      expect((await openPage("?lang=ru")).html).toContain("Согласен");
      expect((await openPage("?lang=pt")).html).toContain("I agree");
      await save({ en: "", ru: "" }, now);
      expect((await openPage("?lang=pt")).html).not.toContain("_consent");
      expect((await send({})).status).toBe(202);
    });

    test("goes with the lead to the delivery", async () => {
      const { id } = await findSent(await send({ _consent: "1" }));
      const batch = await claimBatch(await aDuty(db, () => now));
      expect(batch).toMatchObject([{ id, consent: { version: 1, at: now } }]);
    });

    test("is asked of a colleague's lead too, where the admin wants it", async () => {
      const seller = await addPerson(db);
      const create = (version?: number) => {
        const lead = aLead({ consent_version: version });
        return createLead(lead, seller, db, now, RULES).then(() => findLead(lead.id, {}, db));
      };
      expect(await create()).toMatchObject({ consent: null });
      await save({}, now, true);
      await expect(create()).rejects.toMatchObject({ fields: { consent_version: "consent_missing" } });
      await expect(create(7)).rejects.toMatchObject({ code: "invalid" });
      expect(await create(1)).toMatchObject({ consent: { version: 1, at: now } });
      await save({ en: "Another" }, now, true);
      // It waited on a device: the person agreed to the words of then.
      expect(await create(1)).toMatchObject({ consent: { version: 1 } });
    });

    test("is not asked of a colleague's lead that is saved already", async () => {
      const seller = await addPerson(db);
      const lead = aLead();
      await createLead(lead, seller, db, now, RULES);
      await save({}, now, true);

      await createLead(lead, seller, db, now, RULES);

      const others = createLead({ ...lead, surname: "Сидоров" }, seller, db, now, RULES);
      await expect(others).rejects.toMatchObject({ fields: { consent_version: "consent_missing" } });
    });
  });
});

test.each(databases)(
  "a database of the version before keeps its forms and leads, on $name",
  async ({ open }) => {
    const db = await open();
    await migrate(db, "0028-overview-recipients");
    const person = { email: "f", name: "Site", role: "form", password_hash: "", created_at: NOW };
    const id = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10";
    await db
      .insertInto("people")
      .values({ id, ...person })
      .execute();
    const key = "0123456789abcdef";
    const before = { id, key, origins: JSON.stringify([SITE]), fields: "{}", token_asked_at: NOW };
    await db
      .insertInto("intake_forms")
      .values(before as never)
      .execute();
    const lead = {
      id,
      author_id: id,
      phone: "+79001234567",
      state: "confirmed",
      due_at: NOW,
      tries: 0,
      created_at: NOW,
    };
    await db.insertInto("leads").values(lead).execute();

    await migrate(db);

    expect(await findFormByKey(key, db)).toMatchObject({
      ...{ origins: [SITE], asksToken: true, asksProof: false, asksConsent: false, shown: null },
    });
    expect(await findLead(id, {}, db)).toMatchObject({ consent: null, state: "confirmed" });
    expect(await getConsentSettings(db)).toMatchObject({ version: null, isAsked: false });
    await db.destroy();
  },
);
