import "server-only";
import { findCatalogue, findCatalogueState, findConnectionNews } from "@/lib/account/queries";
import { findConnectionState } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { leadFields } from "@/lib/domain/lead/fields";
import { toCustom } from "@/lib/domain/lead/schema";
import { toTitle } from "@/lib/domain/lead/to-title";
import { type Catalogue, isAccountAt } from "@/lib/domain/mapping/catalogue";
import { choosePipeline } from "@/lib/domain/mapping/choose-pipeline";
import { compareMappings } from "@/lib/domain/mapping/compare-mappings";
import {
  type Mapping,
  mappingSchema,
  type Suggestion,
  type TestResult,
  testResultSchema,
} from "@/lib/domain/mapping/schema";
import { suggestTargets } from "@/lib/domain/mapping/suggest";
import { getEnv } from "@/lib/env";
import { findVersion, listFindings, toMapping, toRules } from "@/lib/published-mapping/queries";
import type { KommoDesk } from "./schema";

const ID = "kommo";
const VERSIONS_SHOWN = 30;
const LEADS_SHOWN = 10;

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
    connection: connection && {
      ...connection,
      ...(await findConnectionNews(db)),
      account: catalogue?.account ?? null,
    },
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
  const known = suggested.get(catalogue) ?? suggestTargets(catalogue);
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
    title: toTitle(row),
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

function toStart({ pipelines, account }: Catalogue): Mapping | null {
  // Where none takes incoming leads, the checks say so of the one that is shown.
  const chosen = choosePipeline({ pipelines }) ?? pipelines.find(({ isMain }) => isMain) ?? pipelines[0];
  if (!chosen) return null;
  const { id: pipelineId, name: pipelineName } = chosen;
  const timeZone = account.timeZone ?? undefined;
  return mappingSchema.parse({ pipelineId, pipelineName, fields: {}, timeZone, ...toRules() });
}
