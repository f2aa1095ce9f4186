import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { bindAccount } from "@/lib/account/bind-account";
import { reclaimAccount } from "@/lib/account/claim-account";
import { connectAccount } from "@/lib/account/connect-account";
import { fetchCatalogue } from "@/lib/account/fetch-catalogue";
import { saveCatalogue } from "@/lib/account/mutations";
import { findCatalogue, findCatalogueState, findConnectionNews } from "@/lib/account/queries";
import { refreshCatalogue, refreshOldCatalogue } from "@/lib/account/refresh-catalogue";
import { sendTestLead } from "@/lib/account/send-test-lead";
import { saveConnection } from "@/lib/connection/mutations";
import { findConnectionState, findTokenWarning, getConnection } from "@/lib/connection/queries";
import type { Db } from "@/lib/db/client";
import type { Lead } from "@/lib/domain/lead/schema";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import { withCurrentFacts } from "@/lib/domain/mapping/drift/with-current-facts";
import type { Mapping } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { listLeadsDownTo, listReferences } from "@/lib/kommo/leads";
import { createLead } from "@/lib/leads/mutations";
import { findLead } from "@/lib/leads/queries";
import { publish, rollBack, saveDraft } from "@/lib/mapping/mutations";
import { publishMapping as publishMappingNow } from "@/lib/mapping/publish-mapping";
import { getKommoDesk } from "@/lib/mapping/queries";
import { rollBackMapping } from "@/lib/mapping/roll-back-mapping";
import {
  countDrift,
  findMapping,
  listFindings,
  listFormerFields,
  listFormFields,
} from "@/lib/published-mapping/queries";
import { findQueueStop } from "@/lib/queue/halt";
import { findPause } from "@/lib/rate-limit/lanes";
import { type Practice, startPractice } from "@/practice/server";
import { openFixtures } from "@/tests/support/accounts";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { deliverRound } from "@/tests/support/duty";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { freeSlot } from "@/tests/support/slots";
import { sleepBy } from "@/tests/support/timers";

vi.mock("node:timers/promises", async () => (await import("@/tests/support/timers")).timersByClock);

const HOUR_MS = 60 * 60 * 1000;
/** Longer than the requests of one deed take, so that their lane is free again. */
const PAUSE_MS = 10_000;
const SELECT = 1711080;
const DATE = 1711082;
const REFERENCE = 1711084;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };

let practice: Practice;

beforeAll(() => void vi.stubEnv("OWN_PRACTICE", "1"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("Kommo behind the desk on $name", ({ open, isSqlite }) => {
  let db: Db;
  let admin: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    practice = await openPractice();
    clock = Date.now();
    sleepBy({ now, set });
    admin = await insertSeller(db);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  const now = () => clock;
  const set = (at: number) => {
    clock = at;
  };
  const later = () => {
    clock += PAUSE_MS;
  };
  const refresh = () => {
    later();
    return refreshCatalogue({}, db, now, []);
  };
  /** As a refresh, but without waiting for slots. */
  const look = async () => {
    later();
    const connection = await getConnection(db);
    const catalogue = await fetchCatalogue({ connection, slot: freeSlot }, now);
    await bindAccount(catalogue.account.id, connection, db);
    const published = await findMapping(db);
    const findings = published ? findDrift(published.mapping, catalogue) : [];
    await saveCatalogue(catalogue, findings, db, clock);
  };
  const round = () => {
    later();
    return deliverRound(db, now);
  };
  const save = (lead: Lead) => createLead(lead, admin, db, clock, RULES);
  const read = async (lead: Lead) => findLead(lead.id, {}, db);
  const itemOf = (lead: Lead) =>
    practice.incomingLeads().find(({ requestId }) => requestId === lead.id)?.item as
      | {
          _embedded: {
            leads: { custom_fields_values?: unknown[] }[];
            contacts: { custom_fields_values?: unknown[] }[];
          };
        }
      | undefined;
  const listPipelineIds = async () => {
    const connection = await getConnection(db);
    return (await fetchCatalogue({ connection, slot: freeSlot }, now)).pipelines.map(({ id }) => id);
  };
  const leadValues = (lead: Lead) => itemOf(lead)?._embedded.leads[0]?.custom_fields_values ?? [];

  /** What an admin would publish here: everything suggested, and two fields of Kommo put on the form. */
  async function publishMapping(
    change: (mapping: Mapping) => Partial<Mapping> = () => ({}),
  ): Promise<Mapping> {
    await look();
    const { start, suggestions, catalogue, published } = await getKommoDesk({ personId: admin }, db);
    const suggested = suggestions.map(({ field, target }) => [field, target]);
    const { reference = null, ...fields } = Object.fromEntries(suggested);
    const customs = (catalogue?.fields ?? []).filter(({ id }) => id === SELECT || id === DATE);
    const base: Mapping = {
      ...(start as Mapping),
      holdSeconds: 0,
      fields,
      reference,
      custom: customs.map((field) => ({
        key: `leads:${field.id}`,
        target: toTarget(field),
        label: { en: field.name, ru: field.name },
        help: { en: "", ru: "" },
        required: false,
      })),
    };
    const mapping = { ...base, ...change(base) };
    await publish({ mapping, basedOn: published?.version ?? 0 }, admin, db, clock);
    return mapping;
  }

  describe("the connection", () => {
    const wanted = () => ({ subdomain: practice.url, token: practice.token });

    test("of an admin is tried, sealed, and used from the next request on", async () => {
      await connectAccount(wanted(), admin, db, now);

      const row = await db.selectFrom("connections").selectAll().executeTakeFirstOrThrow();
      expect(JSON.stringify(row)).not.toContain(practice.token);
      expect(await getConnection(db)).toEqual({
        baseUrl: practice.url,
        token: practice.token,
        setAt: row.set_at,
      });
      expect(await findConnectionState(db)).toMatchObject({
        source: "stored",
        lastFour: practice.token.slice(-4),
        expiresAt: Date.UTC(2029, 10, 11),
      });
    });

    test("that Kommo refuses is not kept, and the old one stands", async () => {
      await connectAccount(wanted(), admin, db, now);
      const token = [...practice.token.split(".").slice(0, 2), "bad"].join(".");

      const refused = connectAccount({ ...wanted(), token }, admin, db, now);

      await expect(refused).rejects.toMatchObject({ code: "token_refused" });
      expect(await getConnection(db)).toMatchObject({ token: practice.token });
    });

    test("wakes a queue that rested for the old token", async () => {
      practice.control.revokeToken();
      const asked = clock + PAUSE_MS;
      await expect(refresh()).rejects.toMatchObject({ code: "token_refused" });
      expect(await findQueueStop(db)).toMatchObject({ code: "token_refused" });
      const { lastError } = await findConnectionNews(db);
      expect(lastError?.code).toBe("token_refused");
      expect(lastError?.at).toBeGreaterThanOrEqual(asked);
      practice.control.revokeToken(false);

      await connectAccount(wanted(), admin, db, now);

      expect(await findQueueStop(db)).toBeUndefined();
    });

    test("to another account than the one that our leads are in is refused", async () => {
      await publishMapping();
      await save(aLead());
      await round();
      await practice.close();
      practice = await openPractice({ account: openFixtures().en.account });

      await expect(connectAccount(wanted(), admin, db, now)).rejects.toMatchObject({ code: "other_account" });
      await expect(refresh()).rejects.toMatchObject({ code: "other_account" });

      expect(await findQueueStop(db)).toMatchObject({ code: "other_account" });
      expect(await db.selectFrom("connections").selectAll().execute()).toEqual([]);
    });

    test("that settings have changed to another account sends nothing there, however often it is probed", async () => {
      await publishMapping();
      await save(aLead());
      await round();
      const other = await startPractice({ account: openFixtures().en.account });
      await saveConnection({ subdomain: other.url, token: other.token }, admin, db);
      const lead = aLead();
      await save(lead);

      await round();
      clock += HOUR_MS;
      await round();

      expect(await findQueueStop(db)).toMatchObject({ code: "other_account" });
      expect(await read(lead)).toMatchObject({ state: "held" });
      expect(other.journal.map(({ method }) => method)).toEqual(["GET", "GET"]);
      await other.close();
    });

    test("to another account leaves nothing of the old one behind, even when its first reading fails", async () => {
      await publishMapping();
      practice.control.deleteField({ entity: "leads", id: SELECT });
      await look();
      await db.updateTable("sender").set({ last_lead_id: 99_000_000 }).execute();
      await practice.close();
      practice = await openPractice({ account: openFixtures().en.account });

      await connectAccount(wanted(), admin, db, now);
      expect(await db.selectFrom("sender").select("last_lead_id").execute()).toEqual([{ last_lead_id: 0 }]);
      practice.failNext({ kind: "503" }, 9);
      await expect(refresh()).rejects.toMatchObject({ code: "busy" });

      expect(await getKommoDesk({ personId: admin }, db)).toMatchObject({
        connection: { account: null, lastError: { code: "busy" } },
        catalogue: null,
        catalogueState: { fetchedAt: null, problem: "busy" },
        drift: [],
      });
      practice.control.clearFaults();
      await refresh();
      expect(await getKommoDesk({ personId: admin }, db)).toMatchObject({
        connection: { account: { subdomain: "fixture-2" } },
        catalogue: { account: { subdomain: "fixture-2" } },
      });
    });

    test("that settings have changed to another address shows nothing of the account before", async () => {
      await publishMapping();
      await saveConnection({ subdomain: "https://fixture-2.kommo.com", token: practice.token }, admin, db);

      expect(await getKommoDesk({ personId: admin }, db)).toMatchObject({
        connection: { account: null },
        catalogue: null,
      });
    });

    test("to a real account is refused once practice leads lie in the database", async () => {
      await db.updateTable("sender").set({ account: "practice" }).execute();
      await reclaimAccount("kommo", db);
      await reclaimAccount("practice", db);
      await save(aLead());

      await expect(reclaimAccount("kommo", db)).rejects.toMatchObject({ code: "other_account" });
    });

    test("sealed under another secret is told from a refused token", async () => {
      await saveConnection({ subdomain: practice.url, token: practice.token }, admin, db);
      await db
        .updateTable("connections")
        .set({ token_sealed: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })
        .execute();

      await expect(getConnection(db)).rejects.toMatchObject({ code: "seal_broken" });
    });

    test("that cannot be unsealed lets the queue rest with every lead in its place, until it is put in again", async () => {
      await publishMapping();
      const lead = aLead();
      await save(lead);
      await connectAccount(wanted(), admin, db, now);
      await db
        .updateTable("connections")
        .set({ token_sealed: "A".repeat(60) })
        .execute();

      await round();
      expect(await findQueueStop(db)).toMatchObject({ code: "seal_broken" });
      expect(await read(lead)).toMatchObject({ state: "held" });

      await connectAccount(wanted(), admin, db, now);
      await round();
      expect(await read(lead)).toMatchObject({ state: "confirmed" });
    });

    test("warns of its token's end in time", async () => {
      const end = Date.UTC(2029, 10, 11);
      await connectAccount(wanted(), admin, db, now);

      expect(await findTokenWarning(db, end - 31 * 24 * HOUR_MS)).toBeNull();
      expect(await findTokenWarning(db, end - 13 * 24 * HOUR_MS)).toEqual({ days: 14, expiresAt: end });
    });
  });

  describe("the lane of who asks Kommo", () => {
    const publishNow = (mapping: Mapping) => publishMappingNow({ mapping, basedOn: 1 }, admin, db, now);
    const connect = () => connectAccount({ subdomain: practice.url, token: practice.token }, admin, db, now);

    test.each([
      ["that of people for an admin who connects an account", connect, "people"],
      [
        "that of people for a test lead",
        (mapping: Mapping) => sendTestLead(mapping, admin, db, now),
        "people",
      ],
      [
        "that of deliveries for the catalogue",
        () => refreshCatalogue({ isPerson: true }, db, now, []),
        "delivery",
      ],
      ["that of deliveries for a publishing, which reads the catalogue", publishNow, "delivery"],
    ])("is %s", async (_, ask, lane) => {
      const mapping = await publishMapping();
      await db.updateTable("rate_lanes").set({ taken: 0 }).execute();
      practice.failNext({ kind: "503" });

      await ask(mapping).catch(() => undefined);

      const used = await db.selectFrom("rate_lanes").select("lane").where("taken", ">", 0).execute();
      expect(used).toEqual([{ lane }]);
    });
  });

  describe("a mapping", () => {
    test("that is published is used at once, with the facts of the account", async () => {
      await publishMapping();

      expect(await findMapping(db)).toMatchObject({
        version: 1,
        mapping: {
          pipelineName: "Воронка",
          timeZone: "Europe/Moscow",
          fields: { phone: { name: "Телефон", type: "multitext", enumCode: "WORK" } },
        },
      });
      expect(await listFormFields(db)).toMatchObject({
        custom: [
          { key: `leads:${SELECT}`, kind: "select", options: [{ value: "Звонок" }, {}, {}] },
          { kind: "date" },
        ],
        holdSeconds: 0,
      });
    });

    test("of two admins who publish at once is the first one's; the second loses nothing", async () => {
      const mapping = await publishMapping();
      const other = await insertSeller(db);
      await saveDraft({ mapping: { ...mapping, tags: ["mine"] }, basedOn: 1 }, other, db, clock);
      await publish({ mapping: { ...mapping, tags: ["theirs"] }, basedOn: 1 }, admin, db, clock);

      const late = publish({ mapping: { ...mapping, tags: ["mine"] }, basedOn: 1 }, other, db, clock);

      await expect(late).rejects.toMatchObject({ code: "mapping_conflict" });
      expect(await getKommoDesk({ personId: other }, db)).toMatchObject({
        published: { version: 2, mapping: { tags: ["theirs"] } },
        draft: { basedOn: 1, mapping: { tags: ["mine"] }, base: { tags: [] } },
        versions: [
          { version: 2, differences: [{ code: "tags", values: { before: "", after: "theirs" } }] },
          { version: 1 },
        ],
      });
    });

    test("is previewed with the newest leads, and with any older one that is asked for", async () => {
      const leads = Array.from({ length: 12 }, (_, index) => aLead({ name: `Лид ${index}` }));
      for (const [index, lead] of leads.entries()) await createLead(lead, admin, db, clock + index, RULES);
      const list = async (leadId?: string) =>
        (await getKommoDesk({ personId: admin, leadId }, db)).samples.map(({ title }) => title);
      const newest = Array.from({ length: 10 }, (_, index) => `Лид ${11 - index}`);

      expect(await list()).toEqual(newest);
      expect(await list(leads[0]?.id)).toEqual(["Лид 0", ...newest]);
      expect(await list(leads[11]?.id)).toEqual(newest);
      expect(await list("nonsense")).toEqual(newest);
    });

    test("says how the form shows our fields, and each change of it", async () => {
      const mapping = await publishMapping();
      const label = { en: "Mobile", ru: "Мобильный" };
      const email = { label: { en: "", ru: "" }, isRequired: true, isHidden: false };
      const ownFields = { phone: { label, isRequired: false, isHidden: false }, email };

      await publish({ mapping: { ...mapping, ownFields }, basedOn: 1 }, admin, db, clock);

      expect(await listFormFields(db)).toMatchObject({ labels: { phone: label }, required: ["email"] });
      expect((await getKommoDesk({ personId: admin }, db)).versions[0]?.differences).toMatchObject([
        { code: "own_renamed", place: "phone" },
        { code: "own_required", place: "email" },
      ]);
    });

    test("without any contact on the form is not published", async () => {
      const mapping = await publishMapping();
      const hidden = { label: { en: "", ru: "" }, isRequired: false, isHidden: true };
      const ownFields = { phone: hidden, telegram: hidden, email: hidden };

      await expect(
        publish({ mapping: { ...mapping, ownFields }, basedOn: 1 }, admin, db, clock),
      ).rejects.toMatchObject({ code: "mapping_unsound", fields: { "form-phone": "contacts_hidden" } });
    });

    test("with an id that does not exist is not published, and its draft is kept", async () => {
      const mapping = await publishMapping();
      const income = { entity: "leads" as const, fieldId: 999 };
      const wrong = { ...mapping, fields: { ...mapping.fields, income } };

      await expect(publish({ mapping: wrong, basedOn: 1 }, admin, db, clock)).rejects.toMatchObject({
        code: "mapping_unsound",
        fields: { income: "field_missing" },
      });
      expect((await getKommoDesk({ personId: admin }, db)).draft).toMatchObject({ mapping: wrong });
    });

    test("whose list of options has changed since the page was loaded is not published", async () => {
      const mapping = await publishMapping();
      practice.control.addOption({ entity: "leads", fieldId: SELECT, name: "WhatsApp" });
      await look();

      await expect(publish({ mapping, basedOn: 1 }, admin, db, clock)).rejects.toMatchObject({
        code: "mapping_unsound",
        fields: { [`leads:${SELECT}`]: "options_changed" },
      });
    });

    test("for a pipeline without the incoming stage is not published", async () => {
      const mapping = await publishMapping();
      practice.control.setUnsorted({ id: mapping.pipelineId, on: false });
      await look();

      await expect(publish({ mapping, basedOn: 1 }, admin, db, clock)).rejects.toMatchObject({
        fields: { pipeline: "pipeline_without_incoming" },
      });
    });

    test("rolled back is a new version that equals the old one", async () => {
      const mapping = await publishMapping();
      await publish({ mapping: { ...mapping, tags: ["expo"] }, basedOn: 1 }, admin, db, clock);

      await rollBack({ version: 1, basedOn: 2 }, admin, db, clock);

      expect(await findMapping(db)).toMatchObject({ version: 3, mapping: { tags: [] } });
      expect((await getKommoDesk({ personId: admin }, db)).draft).toBeNull();
    });

    test("tells what a field was that has left the form", async () => {
      const mapping = await publishMapping();
      await publish({ mapping: { ...mapping, custom: [] }, basedOn: 1 }, admin, db, clock);

      const former = await listFormerFields([`leads:${SELECT}`, "leads:1"], db);

      expect(former).toMatchObject([{ key: `leads:${SELECT}`, options: [{ value: "Звонок" }, {}, {}] }]);
    });

    test("is rolled back with what Kommo calls things today", async () => {
      await publishMapping();
      practice.control.renameField({ entity: "leads", id: SELECT, name: "Как связаться" });
      await look();

      await rollBack({ version: 1, basedOn: 1 }, admin, db, clock);

      expect((await findMapping(db))?.mapping.custom[0]?.target.name).toBe("Как связаться");
      expect(await listFindings(db)).toEqual([]);
    });

    test("that needs a field which is gone is not rolled back to, but is the draft to mend", async () => {
      const mapping = await publishMapping();
      await publish({ mapping: { ...mapping, custom: [] }, basedOn: 1 }, admin, db, clock);
      practice.control.deleteField({ entity: "leads", id: SELECT });
      await look();

      await expect(rollBack({ version: 1, basedOn: 2 }, admin, db, clock)).rejects.toMatchObject({
        code: "mapping_unsound",
        fields: { [`leads:${SELECT}`]: "field_missing" },
      });
      expect(await getKommoDesk({ personId: admin }, db)).toMatchObject({
        published: { version: 2 },
        draft: { basedOn: 2, mapping: { custom: [{ key: `leads:${SELECT}` }, {}] } },
      });
    });

    test("is not rolled back over a version that the page has not seen", async () => {
      const mapping = await publishMapping();
      await publish({ mapping: { ...mapping, tags: ["theirs"] }, basedOn: 1 }, admin, db, clock);

      const late = rollBack({ version: 1, basedOn: 1 }, admin, db, clock);

      await expect(late).rejects.toMatchObject({ code: "mapping_conflict" });
    });

    test("is held against Kommo as it is at the publishing", async () => {
      const mapping = await publishMapping();
      practice.control.addOption({ entity: "leads", fieldId: SELECT, name: "WhatsApp" });

      later();
      const publishing = publishMappingNow({ mapping, basedOn: 1 }, admin, db, now);

      await expect(publishing).rejects.toMatchObject({ fields: { [`leads:${SELECT}`]: "options_changed" } });
      later();
      await rollBackMapping({ version: 1, basedOn: 1 }, admin, db, now);
      expect((await findMapping(db))?.mapping.custom[0]?.target.options).toHaveLength(4);
    });

    test("is held against what Kommo had last while it is down", async () => {
      const mapping = await publishMapping();
      await practice.close();

      later();
      await publishMappingNow({ mapping: { ...mapping, tags: ["expo"] }, basedOn: 1 }, admin, db, now);

      expect(await findMapping(db)).toMatchObject({ version: 2, mapping: { tags: ["expo"] } });
      expect(await findCatalogueState(db)).toMatchObject({ problem: "unreachable" });
    });

    test("is refused before Kommo was ever read", async () => {
      const mapping = await publishMapping();
      await db.deleteFrom("catalogues").execute();

      await expect(publish({ mapping, basedOn: 1 }, admin, db, clock)).rejects.toMatchObject({
        code: "catalogue_missing",
      });
    });

    test("is tried with one test lead, marked as such", async () => {
      const mapping = await publishMapping();

      later();
      await sendTestLead(mapping, admin, db, now);

      const { lastTest } = await getKommoDesk({ personId: admin }, db);
      const [arrival] = practice.incomingLeads();
      expect(lastTest).toMatchObject({ at: clock, kommoLeadId: arrival?.leadId, problem: null });
      expect(arrival?.item).toMatchObject({
        _embedded: {
          leads: [{ name: expect.stringMatching(/^TEST · /), _embedded: { tags: [{ name: "test" }] } }],
        },
      });
    });

    test("leaves a field to people in Kommo, and the news of it is over", async () => {
      const mapping = await publishMapping();
      const [stage] = (await findCatalogue(db))?.pipelines[0]?.stages.slice(1) ?? [];
      const id = practice.control.addField({ entity: "leads", name: "Город", type: "text" });
      const { pipelineId } = mapping;
      practice.control.requireField({ entity: "leads", id, pipelineId, statusId: stage?.id ?? 0 });
      await look();
      expect(await listFindings(db)).toMatchObject([{ kind: "required_in_stage", place: `leads:${id}` }]);

      const leftToKommo = [{ place: `leads:${id}`, name: "Город" }];
      await publish({ mapping: { ...mapping, leftToKommo }, basedOn: 1 }, admin, db, clock);
      await look();

      expect(await countDrift(db)).toBe(0);
      expect((await getKommoDesk({ personId: admin }, db)).versions[0]?.differences).toMatchObject([
        { code: "left_to_kommo", values: { after: "Город" } },
      ]);
    });

    test("keeps the words of an option that Kommo has no more", async () => {
      const mapping = await publishMapping();
      const key = `leads:${SELECT}`;
      const [first] = mapping.custom.find((field) => field.key === key)?.target.options ?? [];
      practice.control.deleteOption({ entity: "leads", fieldId: SELECT, id: first?.id ?? 0 });
      await look();
      const fresh = withCurrentFacts(mapping, (await findCatalogue(db)) as Catalogue);
      await publish({ mapping: fresh, basedOn: 1 }, admin, db, clock);
      await publish({ mapping: { ...fresh, custom: [] }, basedOn: 2 }, admin, db, clock);
      await rollBack({ version: 2, basedOn: 3 }, admin, db, clock);

      const { custom, retired } = await listFormFields(db);

      expect(custom.find((field) => field.key === key)).toMatchObject({
        former: [{ id: first?.id, value: "Звонок" }],
        options: [{ value: "Telegram" }, { value: "Почта" }],
      });
      expect(retired).toEqual([]);
    });

    test("whose test lead meets a 429 slows all that talk to Kommo", async () => {
      const mapping = await publishMapping();
      practice.failNext({ kind: "429-json", retryAfter: 120, method: "POST" });

      later();
      await sendTestLead(mapping, admin, db, now);

      expect((await getKommoDesk({ personId: admin }, db)).lastTest).toMatchObject({
        problem: "unclear",
      });
      expect(await findPause(db, clock)).toBeGreaterThan(119_000);
    });

    test("whose test lead Kommo refuses says where", async () => {
      const mapping = await publishMapping();
      practice.control.deleteField({ entity: "leads", id: SELECT });

      later();
      await sendTestLead(mapping, admin, db, now);

      expect((await getKommoDesk({ personId: admin }, db)).lastTest).toMatchObject({
        problem: "refused",
        refused: [{ field: null, key: `leads:${SELECT}`, code: "NotSupportedChoice" }],
      });
    });
  });

  // What follows is Kommo's behaviour, which no dialect changes.
  if (!isSqlite) return;

  describe("the catalogue", () => {
    test("is everything that Kommo lists, from all pages", async () => {
      const { account } = openFixtures().large;
      await practice.close();
      practice = await openPractice({ account });
      const asked = clock + PAUSE_MS;

      await refresh();

      // What waits for its slots reads the clock when it is done.
      expect((await findCatalogue(db))?.fetchedAt).toBeGreaterThanOrEqual(asked);
      expect(await findCatalogue(db)).toMatchObject({
        account: { currency: "RUB", timeZone: "Europe/Moscow" },
        counts: { leads: { have: 103, total: 103 } },
        pipelines: [
          {
            isMain: true,
            takesIncoming: true,
            stages: [{ kind: "incoming" }, {}, {}, {}, { kind: "won" }, { kind: "lost" }],
          },
        ],
        users: [
          { name: "Анна Смирнова", isAdmin: true, isActive: true, group: "Отдел продаж" },
          { isAdmin: false },
          { group: "Отдел продаж" },
          { name: "Павел Лебедев", isActive: false },
          { group: "Выставки" },
          { group: "Выставки" },
          { isActive: false, group: "Выставки" },
        ],
      });
    });

    test("explains that only an admin's token may list people", async () => {
      practice.control.setSwitch("tokenIsAdmin", false);

      await refresh();

      expect((await findCatalogue(db))?.users).toEqual({ refused: true });
      expect(await findQueueStop(db)).toBeUndefined();
    });

    test("stands, with what went wrong, while Kommo is down", async () => {
      await refresh();
      const { fetchedAt } = await findCatalogueState(db);
      practice.failNext({ kind: "503" }, 9);
      clock += HOUR_MS;

      await expect(refresh()).rejects.toMatchObject({ code: "busy" });

      expect(await findCatalogue(db)).toBeDefined();
      const state = await findCatalogueState(db);
      expect(state).toMatchObject({ fetchedAt, problem: "busy" });
      expect(state.triedAt).toBeGreaterThan(fetchedAt ?? clock);
    });

    test("is read again after an hour, not before", async () => {
      await refresh();
      const asked = practice.journal.length;

      clock += HOUR_MS - 1;
      await refreshOldCatalogue(db, now);
      expect(practice.journal.length).toBe(asked);

      clock += 1;
      await refreshOldCatalogue(db, now);
      expect(practice.journal.length).toBeGreaterThan(asked);
    });

    test("is read again though the clock was set back by a day", async () => {
      await look();
      const asked = practice.journal.length;

      clock -= 24 * HOUR_MS;
      await refreshOldCatalogue(db, now);

      expect(practice.journal.length).toBeGreaterThan(asked);
    });
  });

  describe("a lead", () => {
    const option = async () => (await listFormFields(db)).custom[0]?.options[1]?.id ?? 0;

    test("arrives with the option's id and the date in seconds of the account's zone", async () => {
      await publishMapping();
      const id = await option();
      const lead = aLead({ custom: { [`leads:${SELECT}`]: String(id), [`leads:${DATE}`]: "2026-03-29" } });
      await save(lead);

      await round();

      expect(leadValues(lead)).toEqual([
        { field_id: SELECT, values: [{ enum_id: id }] },
        { field_id: DATE, values: [{ value: Date.parse("2026-03-29T00:00:00+03:00") / 1000 }] },
        { field_id: REFERENCE, values: [{ value: lead.id }] },
      ]);
      expect(await read(lead)).toMatchObject({ state: "confirmed", mappingVersion: 1, newestVersion: 1 });
    });

    test.each([
      ["a key that is not on the form", { "leads:1": "x" }, { "custom.leads:1": "field_gone" }],
      [
        "an option that the list has not",
        { [`leads:${SELECT}`]: "1" },
        { [`custom.leads:${SELECT}`]: "option_gone" },
      ],
      [
        "a day that is none",
        { [`leads:${DATE}`]: "2026-02-30" },
        { [`custom.leads:${DATE}`]: "date_invalid" },
      ],
    ])("with %s is refused at the door", async (_, custom, fields) => {
      await publishMapping();

      await expect(save(aLead({ custom }))).rejects.toMatchObject({ code: "invalid", fields });
    });

    test("without a required field, or from a source that is not on the list, is refused at the door", async () => {
      const sources = [{ name: "Expo", value: "expo", aliases: ["выставка"] }];
      await publishMapping(({ custom }) => ({
        custom: custom.map((field) => ({ ...field, required: true })),
        sources,
        isFreeSource: false,
      }));

      await expect(save(aLead({ source: "улица" }))).rejects.toMatchObject({
        fields: {
          [`custom.leads:${SELECT}`]: "required",
          [`custom.leads:${DATE}`]: "required",
          source: "source_unknown",
        },
      });
    });

    test("whose optional field was deleted goes without it, its value fallbackValues, and says so", async () => {
      const notes = practice.control.addField({ entity: "leads", name: "Примечание", type: "textarea" });
      await look();
      const parkIn = { entity: "leads" as const, fieldId: notes, type: "textarea", name: "Примечание" };
      await publishMapping(() => ({ parkIn }));
      const id = await option();
      const lead = aLead({ profession: "Повар", custom: { [`leads:${SELECT}`]: String(id) } });
      practice.control.deleteField({ entity: "leads", id: SELECT });
      await save(lead);

      await round();
      expect(await countDrift(db)).toBe(1);
      await round();

      expect(leadValues(lead)).toEqual([
        { field_id: 488804, values: [{ value: "Повар" }] },
        { field_id: notes, values: [{ value: "Способ связи: Telegram" }] },
        { field_id: REFERENCE, values: [{ value: lead.id }] },
      ]);
      expect(await read(lead)).toMatchObject({
        state: "confirmed",
        fallbackValues: [{ place: `leads:${SELECT}`, isSent: true }],
      });
    });

    test("has its id written into the reference field, where Kommo shows it whatever becomes of the lead", async () => {
      await publishMapping();
      const [incoming, accepted] = [aLead(), aLead()];
      for (const lead of [incoming, accepted]) await save(lead);
      await round();
      await practice.control.accept((await read(accepted))?.kommoLeadId ?? 0);

      const connection = await getConnection(db);
      const { leads } = await listLeadsDownTo(1, { connection, slot: freeSlot });

      expect(leads.flatMap((lead) => listReferences(lead, new Set([REFERENCE]))).sort()).toEqual(
        [incoming.id, accepted.id].sort(),
      );
    });

    test("leaves without a reference where none is published", async () => {
      await publishMapping(() => ({ reference: null }));
      const lead = aLead({ profession: "Повар" });
      await save(lead);

      await round();

      expect(leadValues(lead)).toEqual([{ field_id: 488804, values: [{ value: "Повар" }] }]);
      expect(await read(lead)).toMatchObject({ state: "confirmed" });
    });

    test("whose reference field was deleted goes without the reference, and the drift says so", async () => {
      await publishMapping();
      practice.control.deleteField({ entity: "leads", id: REFERENCE });
      const lead = aLead({ profession: "Повар" });
      await save(lead);

      await round();
      await round();

      expect(await listFindings(db)).toMatchObject([{ kind: "reference_deleted", place: "reference" }]);
      expect(leadValues(lead)).toEqual([{ field_id: 488804, values: [{ value: "Повар" }] }]);
      expect(await read(lead)).toMatchObject({ state: "confirmed", fallbackValues: [] });
    });

    test("whose phone has nowhere to go waits for the admin, while others go, and leaves after the mending", async () => {
      const mapping = await publishMapping();
      practice.control.deleteField({ entity: "contacts", id: 467700 });
      const [phoned, written] = [aLead(), aLead({ phone: "", telegram: "@ivan_petrov" })];
      for (const lead of [phoned, written]) await save(lead);

      for (let time = 0; time < 3; time++) {
        await round();
        clock += 20_000;
      }

      expect(await read(phoned)).toMatchObject({
        state: "needs_admin",
        problem: "mapping_broken",
        refused: [{ field: "phone", code: "field_deleted" }],
      });
      expect(await read(written)).toMatchObject({ state: "confirmed" });
      const fieldId = practice.control.addField({ entity: "contacts", name: "Тел", type: "text" });
      await look();
      const phone = { entity: "contacts" as const, fieldId, type: "text" };
      await publish(
        { mapping: { ...mapping, fields: { ...mapping.fields, phone } }, basedOn: 1 },
        admin,
        db,
        clock,
      );
      await round();
      expect(await read(phoned)).toMatchObject({ state: "confirmed", mappingVersion: 2 });
    });

    test("waits where no pipeline takes incoming leads, said once, and leaves when one does", async () => {
      const [id = 0] = await listPipelineIds();
      practice.control.setUnsorted({ id, on: false });
      const lead = aLead();
      await save(lead);

      await round();
      expect(await findQueueStop(db)).toMatchObject({ code: "no_pipeline" });
      const { rest_since } = await db.selectFrom("sender").select("rest_since").executeTakeFirstOrThrow();
      clock += HOUR_MS;
      await round();
      expect(await findQueueStop(db)).toMatchObject({ code: "no_pipeline", since: rest_since });
      expect(await read(lead)).toMatchObject({ state: "held" });
      expect(await getKommoDesk({ personId: admin }, db)).toMatchObject({
        hasPipeline: false,
        published: null,
      });

      const other = practice.control.addPipeline({ name: "Вторая" });
      await refresh();
      await round();
      expect(await read(lead)).toMatchObject({ state: "confirmed" });
      expect((await findMapping(db))?.mapping.pipelineId).toBe(other);
    });

    test("waits where the account has no pipeline at all", async () => {
      for (const id of await listPipelineIds()) practice.control.deletePipeline({ id });
      await save(aLead());

      await round();

      expect(await findQueueStop(db)).toMatchObject({ code: "no_pipeline" });
      expect(await getKommoDesk({ personId: admin }, db)).toMatchObject({ hasPipeline: false, start: null });
    });

    test("whose pipeline was archived waits, and leaves when it is back", async () => {
      const { pipelineId } = await publishMapping();
      const lead = aLead();
      practice.control.archivePipeline({ id: pipelineId });
      await look();
      await save(lead);

      await round();
      expect(await read(lead)).toMatchObject({
        state: "needs_admin",
        refused: [{ code: "pipeline_archived" }],
      });

      practice.control.archivePipeline({ id: pipelineId, on: false });
      await look();
      await round();
      expect(await read(lead)).toMatchObject({ state: "confirmed" });
      expect(await listFindings(db)).toEqual([]);
    });
  });
});
