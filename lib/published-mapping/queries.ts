import "server-only";
import { type CountryCode, isSupportedCountry } from "libphonenumber-js";
import { z } from "zod";
import { type Db, getDb } from "@/lib/db/client";
import {
  type CustomField,
  type Finding,
  type FormFields,
  findingSchema,
  type Mapping,
  mappingSchema,
  toInputKind,
} from "@/lib/domain/mapping/schema";
import { getEnv } from "@/lib/env";

const ID = "kommo";

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

/** The settings stand in for what versions of an earlier desk did not have. */
export function toMapping(text: string): Mapping {
  const body: object = JSON.parse(text);
  return mappingSchema.parse("holdSeconds" in body ? body : { ...toRules(), ...body });
}

export function toRules() {
  const { holdMs, defaultCountry } = getEnv();
  return { holdSeconds: holdMs / 1000, defaultCountry };
}
