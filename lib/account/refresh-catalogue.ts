import "server-only";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { choosePipeline } from "@/lib/domain/mapping/choose-pipeline";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import { AppError } from "@/lib/errors";
import { findMapping } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { resumeQueueFrom } from "@/lib/queue/halt";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { bindAccount } from "./bind-account";
import { fetchCatalogue } from "./fetch-catalogue";
import { lockCatalogue, saveCatalogue, saveRefreshFailure } from "./mutations";
import { findCatalogueState } from "./queries";

const HOUR_MS = 60 * 60 * 1000;

/**
 * Reads everything that Kommo lists, about nine requests in the delivery lane, keeps it, and compares it with the published
 * mapping. Throws what callKommo throws, and `other_account`; what was kept before then stands.
 */
export async function refreshCatalogue(db: Db = getDb(), now: () => number = Date.now): Promise<void> {
  try {
    const connection = await getConnection(db);
    const catalogue = await fetchCatalogue(
      { slot: () => takeSlot({ lane: "delivery", db, now }), connection },
      now,
    );
    await bindAccount(catalogue.account.id, connection, db);
    await keep(catalogue, db, now());
    if (choosePipeline(catalogue)) await resumeQueueFrom("no_pipeline", db);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await saveRefreshFailure(error.code, db, now());
    await adjustToAnswer(error, undefined, db, now());
    throw error;
  }
}

/** Answers false where it cannot be read anew; what was kept before then stands. */
export async function tryRefresh(db: Db = getDb(), now: () => number = Date.now): Promise<boolean> {
  try {
    await refreshCatalogue(db, now);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return false;
  }
}

/** Once an hour, counted from the last try, by whom it was, and by a clock that may have been set back since. */
export async function refreshOldCatalogue(db: Db = getDb(), now: () => number = Date.now): Promise<void> {
  const { fetchedAt, triedAt } = await findCatalogueState(db);
  if (Math.abs(now() - Math.max(fetchedAt ?? 0, triedAt ?? 0)) >= HOUR_MS) await tryRefresh(db, now);
}

async function keep(catalogue: Catalogue, db: Db, now: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockCatalogue(tx);
    const published = await findMapping(tx);
    await saveCatalogue(catalogue, published ? findDrift(published.mapping, catalogue) : [], tx, now);
  });
}
