import "server-only";
import { lockCatalogue, saveFindings } from "@/lib/account/mutations";
import { findCatalogue } from "@/lib/account/queries";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { checkMapping } from "@/lib/domain/mapping/check-mapping";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import { withCurrentFacts } from "@/lib/domain/mapping/drift/with-current-facts";
import { withFormerFields } from "@/lib/domain/mapping/drift/with-former-fields";
import type { Mapping, RollBack } from "@/lib/domain/mapping/schema";
import { AppError } from "@/lib/errors";
import { findMapping, findVersion } from "@/lib/published-mapping/queries";

type Draft = { mapping: Mapping; basedOn: number };

/** Keeps the mapping that stands already: of two processes that start at once, the first one seeds it. */
export async function saveFirstMapping(mapping: Mapping, db: Db = getDb(), now = Date.now()): Promise<void> {
  await db
    .insertInto("mappings")
    .values({ version: 1, body: JSON.stringify(mapping), published_at: now })
    .onConflict((conflict) => conflict.column("version").doNothing())
    .execute();
}

/** Each admin has a draft of their own: nobody's typing overwrites another's. */
export async function saveDraft(
  { mapping, basedOn }: Draft,
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  const row = { body: JSON.stringify(mapping), based_on: basedOn, saved_at: now, saved_by: personId };
  await db
    .insertInto("mapping_drafts")
    .values({ id: personId, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
}

export async function dropDraft(personId: string, db: Db = getDb()): Promise<void> {
  await db.deleteFrom("mapping_drafts").where("id", "=", personId).execute();
}

/**
 * The next version, from which leads are sent at once; leads that waited for a mended mapping go again. Throws
 * `mapping_conflict` when another version was published since the one it began from, and keeps the draft; `mapping_unsound`
 * with the places that are wrong in the account as it is now; `catalogue_missing` when Kommo was never read.
 */
export async function publish(
  { mapping, basedOn }: Draft,
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
  restored?: number,
): Promise<void> {
  // Whatever is wrong with it, what the admin has done is kept.
  await saveDraft({ mapping, basedOn }, personId, db, now);
  await db.transaction().execute(async (tx) => {
    const current = await findMapping(tx);
    const version = current?.version ?? 0;
    if (version !== basedOn) throw new AppError("mapping_conflict");
    const catalogue = await getCatalogue(tx);
    refuseUnsound(mapping, catalogue);
    const whole = withFormerFields(withCurrentFacts(mapping, catalogue), current?.mapping);
    await insertVersion(version + 1, whole, personId, tx, now, restored);
    await dropDraft(personId, tx);
  });
}

/**
 * A new version that equals an old one but for what Kommo calls things today: history is not rewritten. Throws as publish
 * does; the old version is this person's draft then, to be mended or merged.
 */
export async function rollBack(
  { version, basedOn }: RollBack,
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  const old = await findVersion(version, db);
  if (!old) throw new AppError("not_found");
  const catalogue = await findCatalogue(db);
  const mapping = catalogue ? withCurrentFacts(old, catalogue) : old;
  await publish({ mapping, basedOn }, personId, db, now, version);
}

async function insertVersion(
  version: number,
  mapping: Mapping,
  personId: string,
  tx: Db,
  now: number,
  restored?: number,
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("mappings")
    .values({ version, body: JSON.stringify(mapping), published_at: now, published_by: personId })
    .onConflict((conflict) => conflict.column("version").doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) throw new AppError("mapping_conflict");

  await lockCatalogue(tx);
  await saveFindings(findDrift(mapping, await getCatalogue(tx)), tx, now);
  const detail = { version, restored };
  await writeAudit({ person_id: personId, action: "mapping_published", detail }, tx, now);
}

async function getCatalogue(tx: Db): Promise<Catalogue> {
  const catalogue = await findCatalogue(tx);
  if (!catalogue) throw new AppError("catalogue_missing");
  return catalogue;
}

function refuseUnsound(mapping: Mapping, catalogue: Catalogue): void {
  const errors = checkMapping(mapping, catalogue).filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const fields = Object.fromEntries(errors.map(({ place, code }) => [place, code]));
  throw new AppError("mapping_unsound", { fields });
}
