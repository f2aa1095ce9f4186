import "server-only";
import { z } from "zod";
import { findCatalogue, findCatalogueState } from "@/lib/catalogue/queries";
import { findConnectionState } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { leadFields } from "@/lib/leads/schema";
import { toCustom } from "@/lib/leads/to-custom";
import {
  type Finding,
  type FormFields,
  findingSchema,
  type Mapping,
  mappingSchema,
  testResultSchema,
  toInputKind,
} from "./schema";
import { suggest } from "./suggest";
import type { LeadToSend } from "./to-incoming-lead";

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

/** What the form shows and holds to; without a mapping it is the settings that say. */
export async function listFormFields(db: Db = getDb()): Promise<FormFields> {
  const published = await findMapping(db);
  const { holdMs, defaultCountry } = getEnv();
  if (!published) {
    return { custom: [], sources: [], isFreeSource: true, defaultCountry, holdSeconds: holdMs / 1000 };
  }
  const { custom, sources, isFreeSource, ...rules } = published.mapping;
  return {
    custom: custom.flatMap(({ key, target, label, help, required }) => {
      const kind = toInputKind(target.type ?? "text");
      return kind ? [{ key, kind, options: target.options ?? [], label, help, required }] : [];
    }),
    sources,
    isFreeSource,
    defaultCountry: rules.defaultCountry,
    holdSeconds: rules.holdSeconds,
  };
}

export type KommoDesk = Awaited<ReturnType<typeof getKommoDesk>>;

/** Everything that the page of connection, catalogue and mapping shows to this admin. */
export async function getKommoDesk(personId: string, db: Db = getDb()) {
  const catalogue = (await findCatalogue(db)) ?? null;
  const versions = await listVersions(db);
  const [published] = versions;
  return {
    connection: await findConnectionState(db),
    catalogue,
    catalogueState: await findCatalogueState(db),
    published: published ?? null,
    draft: (await findDraft(personId, db)) ?? null,
    /** To begin from when nothing was published and nothing drafted. */
    start: catalogue && toStart(catalogue.pipelines, catalogue.account.timeZone),
    suggestions: catalogue ? suggest(catalogue) : [],
    drift: await listFindings(db),
    versions,
    lastTest: (await findLastTest(db)) ?? null,
  };
}

/** The newest real leads, to preview what Kommo would get of them. */
export async function listLeadsToPreview(db: Db = getDb()): Promise<(LeadToSend & { title: string })[]> {
  const rows = await db
    .selectFrom("leads")
    .select([...leadFields, "id", "custom", "created_at as createdAt"])
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(LEADS_SHOWN)
    .execute();
  const { appUrl } = getEnv();
  return rows.map(({ custom, ...row }) => ({
    ...row,
    custom: toCustom(custom),
    page: `${appUrl}/leads/${row.id}`,
    title: [row.name, row.surname].filter(Boolean).join(" "),
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

async function findDraft(personId: string, db: Db) {
  const row = await db
    .selectFrom("mapping_drafts")
    .select(["body", "based_on as basedOn", "saved_at as savedAt"])
    .where("id", "=", personId)
    .executeTakeFirst();
  return row && { mapping: toMapping(row.body), basedOn: row.basedOn, savedAt: row.savedAt };
}

async function findLastTest(db: Db) {
  const row = await db.selectFrom("test_leads").select("result").where("id", "=", ID).executeTakeFirst();
  return row && testResultSchema.parse(JSON.parse(row.result));
}

/** The settings stand in for what versions of an earlier desk did not have. */
function toMapping(body: string): Mapping {
  const { holdMs, defaultCountry } = getEnv();
  return mappingSchema.parse({ holdSeconds: holdMs / 1000, defaultCountry, ...JSON.parse(body) });
}

function toStart(pipelines: { id: number; name: string; isMain: boolean }[], timeZone: string | null) {
  const main = pipelines.find(({ isMain }) => isMain) ?? pipelines[0];
  if (!main) return null;
  const { holdMs, defaultCountry } = getEnv();
  return mappingSchema.parse({
    pipelineId: main.id,
    pipelineName: main.name,
    fields: {},
    holdSeconds: holdMs / 1000,
    defaultCountry,
    timeZone: timeZone ?? undefined,
  });
}
