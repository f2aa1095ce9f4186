import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { type ConsentSettings, type ConsentText, consentTextsSchema } from "./schema";

const RULE = "desk";
// As long as a page may have been open.
const OUTDATED_AFTER_MS = 24 * 60 * 60 * 1000;
/** What forms send where nobody chose a value, and what people write. */
const YES = ["on", "true", "yes", "да", "sí", "si", "sim"];
const NO_TEXTS = { en: "", ru: "", es: "", pt: "" };

/** The newest text; undefined where there is none to agree to. */
export async function findConsentText(db: Db = getDb()): Promise<ConsentText | undefined> {
  const row = await db
    .selectFrom("consent_texts")
    .select(["version", "texts"])
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const texts = consentTextsSchema.parse(JSON.parse(row.texts));
  return Object.values(texts).some((text) => text !== "") ? { version: row.version, texts } : undefined;
}

/** What the desk's own form asks for; undefined where it does not ask. */
export async function findAskedConsent(db: Db = getDb()): Promise<ConsentText | undefined> {
  const rule = await db
    .selectFrom("consent_rule")
    .select("asked_at")
    .where("id", "=", RULE)
    .executeTakeFirst();
  return rule?.asked_at == null ? undefined : findConsentText(db);
}

/** For the admin. */
export async function getConsentSettings(
  db: Db = getDb(),
): Promise<ConsentSettings & { version: number | null }> {
  const text = await findConsentText(db);
  const isAsked = (await findAskedConsent(db)) !== undefined;
  return { version: text?.version ?? null, texts: text?.texts ?? NO_TEXTS, isAsked };
}

/** The words of one version, as they were. */
export async function findConsentVersion(
  version: number,
  db: Db = getDb(),
): Promise<ConsentText | undefined> {
  const row = await db
    .selectFrom("consent_texts")
    .select("texts")
    .where("version", "=", version)
    .executeTakeFirst();
  return row && { version, texts: consentTextsSchema.parse(JSON.parse(row.texts)) };
}

/**
 * Which version somebody has agreed to, by what a website form sent: its number, or a word for yes, which means the newest.
 * A text that was replaced more than a day ago is outdated, as no page was open for so long.
 */
export async function readConsent(
  given: string | undefined,
  newest: ConsentText,
  db: Db,
  now: number,
): Promise<number | "missing" | "outdated"> {
  const word = (given ?? "").trim().toLowerCase();
  if (YES.includes(word)) return newest.version;
  if (!/^v?\d{1,9}$/.test(word)) return "missing";
  const version = Number(word.replace("v", ""));
  if (version === newest.version) return version;
  const next = await db
    .selectFrom("consent_texts")
    .select("created_at")
    .where("version", "=", version + 1)
    .executeTakeFirst();
  const isRecent = next !== undefined && version > 0 && next.created_at > now - OUTDATED_AFTER_MS;
  return isRecent ? version : "outdated";
}
