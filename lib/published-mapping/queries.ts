import "server-only";
import { type CountryCode, isSupportedCountry } from "libphonenumber-js";
import { z } from "zod";
import { type Db, getDb } from "@/lib/db/client";
import { toForm, toInputs } from "@/lib/domain/mapping/form/to-form";
import { STANDARD_LAYOUT } from "@/lib/domain/mapping/layout";
import {
  type Finding,
  type FormFields,
  findingSchema,
  type Mapping,
  mappingSchema,
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
  return row && { version: row.version, mapping: toMappingOnce(row.body) };
}

// It is read before every request: the same text is the same mapping, and the same form, which nobody changes.
let last: { body: string; mapping: Mapping } | undefined;
let lastForm: { mapping: Mapping; form: FormFields } | undefined;

function toMappingOnce(body: string): Mapping {
  if (last?.body !== body) last = { body, mapping: toMapping(body) };
  return last.mapping;
}

function toFormOnce(mapping: Mapping): FormFields {
  if (lastForm?.mapping !== mapping) lastForm = { mapping, form: toForm(mapping, []) };
  return lastForm.form;
}

export async function hasMapping(db: Db = getDb()): Promise<boolean> {
  const row = await db.selectFrom("mappings").select("version").limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function findVersion(version: number, db: Db = getDb()): Promise<Mapping | undefined> {
  const row = await db
    .selectFrom("mappings")
    .select("body")
    .where("version", "=", version)
    .executeTakeFirst();
  return row && toMapping(row.body);
}

/** The reference field of each version; null where it has none. */
export async function listReferenceFields(db: Db = getDb()): Promise<Map<number, number | null>> {
  const rows = await db.selectFrom("mappings").select(["version", "body"]).execute();
  return new Map(rows.map(({ version, body }) => [version, toMapping(body).reference?.fieldId ?? null]));
}

/** All fields that ever were one: leads that were sent before a change carry their id in the field of then. */
export async function findReferenceFields(db: Db = getDb()): Promise<ReadonlySet<number>> {
  const fields = await listReferenceFields(db);
  return new Set([...fields.values()].flatMap((fieldId) => fieldId ?? []));
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
  const published = await findMapping(db);
  if (published) return toForm(published.mapping, await listFindings(db));
  const rules = { sources: [], isFreeSource: true, defaultCountry, holdSeconds: holdMs / 1000 };
  const { first, more } = STANDARD_LAYOUT;
  return {
    ...{ first, more, start: "phone", required: [], labels: {}, alternatives: {} },
    ...{ custom: [], hidden: [], unsent: [], retired: [] },
    ...rules,
  };
}

/** Of phones without a country code: as published, else as in the settings. */
export async function findDefaultCountry(db: Db = getDb()): Promise<CountryCode> {
  const { defaultCountry } = await listFormFields(db);
  return isSupportedCountry(defaultCountry) ? defaultCountry : getEnv().defaultCountry;
}

/** As a lead is checked against it; undefined before anything was published. */
export async function findForm(db: Db = getDb()): Promise<FormFields | undefined> {
  const published = await findMapping(db);
  return published && toFormOnce(published.mapping);
}

/** Of these keys the fields that are on the form no more, as they last were: for what was typed into them. */
export async function listFormerFields(keys: string[], db: Db = getDb()): Promise<FormFields["custom"]> {
  const current = (await findForm(db))?.custom ?? [];
  const gone = keys.filter((key) => !current.some((field) => field.key === key));
  if (gone.length === 0) return [];
  const rows = await db.selectFrom("mappings").select("body").orderBy("version", "desc").execute();
  const once = rows.flatMap(({ body }) => toInputs(toMapping(body)));
  return gone.flatMap((key) => once.find((field) => field.key === key) ?? []);
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
