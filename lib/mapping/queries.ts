import "server-only";
import { type CountryCode, isSupportedCountry } from "libphonenumber-js";
import { z } from "zod";
import { findCatalogue, findCatalogueState } from "@/lib/catalogue/queries";
import type { Catalogue } from "@/lib/catalogue/schema";
import { isAccountAt } from "@/lib/connection/is-account-at";
import { findConnectionState } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { leadFields } from "@/lib/leads/schema";
import { toCustom } from "@/lib/leads/to-custom";
import { choosePipeline } from "./choose-pipeline";
import { compareMappings } from "./compare-mappings";
import {
  type CustomField,
  type Finding,
  type FormFields,
  findingSchema,
  type KommoDesk,
  type Mapping,
  mappingSchema,
  type Suggestion,
  type TestResult,
  testResultSchema,
  toInputKind,
} from "./schema";
import { suggest } from "./suggest";

const ID = "kommo";
const VERSIONS_SHOWN = 30;
const LEADS_SHOWN = 10;

export type PublishedMapping = { version: number; mapping: Mapping };

export async function findMapping(db: Db = getDb()): Promise<PublishedMapping | undefined> {
  const row = await db
    .selectFrom("mappings")
    .select(["version", "body"])
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { version: row.version, mapping: toMapping(row.body) };
}

export async function findVersion(version: number, db: Db = getDb()): Promise<Mapping | undefined> {
  const row = await db
    .selectFrom("mappings")
    .select("body")
    .where("version", "=", version)
    .executeTakeFirst();
  return row && toMapping(row.body);
}

/** What the published mapping finds changed in Kommo, as of the last refresh. */
export async function listFindings(db: Db = getDb()): Promise<Finding[]> {
  const row = await db.selectFrom("catalogues").select("findings").where("id", "=", ID).executeTakeFirst();
  return row ? z.array(findingSchema).parse(JSON.parse(row.findings)) : [];
}

/** For the badge in the navigation. */
export async function countDrift(db: Db = getDb()): Promise<number> {
  return (await listFindings(db)).length;
}

/** What the form shows and holds to; before a publishing it is the settings that say. */
export async function listFormFields(db: Db = getDb()): Promise<FormFields> {
  const { holdMs, defaultCountry } = getEnv();
  const rules = { sources: [], isFreeSource: true, defaultCountry, holdSeconds: holdMs / 1000 };
  return (await findForm(db)) ?? { custom: [], retired: [], ...rules };
}

/** Of phones without a country code: as published, else as in the settings. */
export async function findDefaultCountry(db: Db = getDb()): Promise<CountryCode> {
  const { defaultCountry } = await listFormFields(db);
  return isSupportedCountry(defaultCountry) ? defaultCountry : getEnv().defaultCountry;
}

/** Undefined before anything was published. */
export async function findForm(db: Db = getDb()): Promise<FormFields | undefined> {
  const published = await findMapping(db);
  if (!published) return undefined;
  const { custom, retired, ...rules } = published.mapping;
  const { sources, isFreeSource, defaultCountry, holdSeconds } = rules;
  const fields = { custom: custom.flatMap(toInput), retired: retired.flatMap(toInput) };
  return { ...fields, sources, isFreeSource, defaultCountry, holdSeconds };
}

/** Of these keys the fields that are on the form no more, as they last were: for what was typed into them. */
export async function listFormerFields(keys: string[], db: Db = getDb()): Promise<FormFields["custom"]> {
  const current = (await findForm(db))?.custom ?? [];
  const gone = keys.filter((key) => !current.some((field) => field.key === key));
  if (gone.length === 0) return [];
  const rows = await db.selectFrom("mappings").select("body").orderBy("version", "desc").execute();
  const once = rows.flatMap(({ body }) => toMapping(body).custom.flatMap(toInput));
  return gone.flatMap((key) => once.find((field) => field.key === key) ?? []);
}

function toInput({ key, target, label, help, required }: CustomField): FormFields["custom"] {
  const kind = toInputKind(target.type ?? "text");
  const { options = [], former = [] } = target;
  return kind ? [{ key, kind, options, former, label, help, required }] : [];
}

/** Everything that the page of connection, catalogue and mapping shows to this admin, with a lead of their choice. */
export async function getKommoDesk(
  { personId, leadId }: { personId: string; leadId?: string },
  db: Db = getDb(),
): Promise<KommoDesk> {
  const connection = await findConnectionState(db);
  const known = await findCatalogue(db);
  const catalogue = known && connection && isAccountAt(known.account, connection.baseUrl) ? known : null;
  const versions = await listVersions(db);
  const published = versions[0] ?? null;
  return {
    connection: connection && { ...connection, account: catalogue?.account ?? null },
    catalogue,
    catalogueState: await findCatalogueState(db),
    published,
    draft: await findDraft(personId, published?.version ?? 0, db),
    hasPipeline: catalogue !== null && choosePipeline(catalogue) !== undefined,
    start: catalogue && (toStart(catalogue) ?? published?.mapping ?? null),
    suggestions: catalogue ? suggestOnce(catalogue) : [],
    drift: await listFindings(db),
    versions: versions.map(({ mapping, ...version }, index) => {
      const before = versions[index + 1]?.mapping;
      return { ...version, differences: before ? compareMappings(before, mapping) : [] };
    }),
    samples: await listLeadsToPreview(leadId, db),
    lastTest: await findLastTest(db),
  };
}

// A thousand names are compared with all that we know a field by; once for each catalogue is enough.
const suggested = new WeakMap<Catalogue, Suggestion[]>();

function suggestOnce(catalogue: Catalogue): Suggestion[] {
  const known = suggested.get(catalogue) ?? suggest(catalogue);
  suggested.set(catalogue, known);
  return known;
}

async function listLeadsToPreview(asked: string | undefined, db: Db): Promise<KommoDesk["samples"]> {
  const leads = db.selectFrom("leads").select([...leadFields, "id", "custom", "created_at as createdAt"]);
  const first = asked === undefined ? [] : await leads.where("id", "=", asked).execute();
  const newest = await leads.orderBy("created_at", "desc").orderBy("id", "desc").limit(LEADS_SHOWN).execute();
  const { appUrl } = getEnv();
  return [...first, ...newest.filter(({ id }) => id !== asked)].map((row) => ({
    id: row.id,
    title: [row.name, row.surname].filter(Boolean).join(" "),
    lead: { ...row, custom: toCustom(row.custom), page: `${appUrl}/leads/${row.id}` },
  }));
}

async function listVersions(db: Db) {
  const rows = await db
    .selectFrom("mappings")
    .leftJoin("people", "people.id", "mappings.published_by")
    .select(["version", "body", "published_at as publishedAt", "people.name as publishedBy"])
    .orderBy("version", "desc")
    .limit(VERSIONS_SHOWN)
    .execute();
  return rows.map(({ body, ...row }) => ({ ...row, mapping: toMapping(body) }));
}

async function findDraft(personId: string, newest: number, db: Db): Promise<KommoDesk["draft"]> {
  const row = await db
    .selectFrom("mapping_drafts")
    .select(["body", "based_on as basedOn", "saved_at as savedAt"])
    .where("id", "=", personId)
    .executeTakeFirst();
  if (!row) return null;
  const { basedOn, savedAt } = row;
  const base = basedOn === newest ? null : ((await findVersion(basedOn, db)) ?? null);
  return { mapping: toMapping(row.body), basedOn, savedAt, base };
}

async function findLastTest(db: Db): Promise<TestResult | null> {
  const row = await db.selectFrom("test_leads").select("result").where("id", "=", ID).executeTakeFirst();
  return row ? testResultSchema.parse(JSON.parse(row.result)) : null;
}

/** The settings stand in for what versions of an earlier desk did not have. */
function toMapping(text: string): Mapping {
  const body: object = JSON.parse(text);
  return mappingSchema.parse("holdSeconds" in body ? body : { ...toRules(), ...body });
}

function toStart({ pipelines, account }: Catalogue): Mapping | null {
  // Where none takes incoming leads, the checks say so of the one that is shown.
  const chosen = choosePipeline({ pipelines }) ?? pipelines.find(({ isMain }) => isMain) ?? pipelines[0];
  if (!chosen) return null;
  const { id: pipelineId, name: pipelineName } = chosen;
  const timeZone = account.timeZone ?? undefined;
  return mappingSchema.parse({ pipelineId, pipelineName, fields: {}, timeZone, ...toRules() });
}

function toRules() {
  const { holdMs, defaultCountry } = getEnv();
  return { holdSeconds: holdMs / 1000, defaultCountry };
}
