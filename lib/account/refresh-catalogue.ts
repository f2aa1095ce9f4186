import "server-only";
import { tellTime } from "@/lib/clock";
import { lockInForce } from "@/lib/connection/lock-in-force";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { choosePipeline } from "@/lib/domain/mapping/choose-pipeline";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import { AppError } from "@/lib/errors";
import { findAskedBy } from "@/lib/kommo/asked-by";
import { listPipelines } from "@/lib/kommo/catalogue";
import type { ReadOptions } from "@/lib/kommo/read-page";
import type { Connection } from "@/lib/kommo/schema";
import { completeFirstMapping } from "@/lib/published-mapping/mutations";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { resumeQueueFrom } from "@/lib/queue/halt";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { bindAccount } from "./bind-account";
import { fetchCatalogue } from "./fetch-catalogue";
import { lockCatalogue, saveCatalogue, saveRefreshFailure } from "./mutations";
import { findCatalogueState } from "./queries";

export type Waiting = {
  /** Somebody waits at the keyboard: a page that fails is asked for again less often. */
  isPerson?: boolean;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
// Somebody at the keyboard should not wait eight seconds for bad news.
const RETRY_PAUSES_MS = [250, 500, 1000, 2000, 4000];
const RETRY_PAUSES_OF_PERSON_MS = [250, 500, 1000];

/**
 * Reads everything that Kommo lists, about nine requests in the delivery lane, keeps it, and compares it with the published
 * mapping. A page that fails is asked for again by itself, after each of the pauses. Throws what readPage throws,
 * `other_account`, and `changed_meanwhile` where an admin has replaced the connection before all was read; what was kept
 * before then stands.
 */
export async function refreshCatalogue(
  waiting: Waiting,
  db: Db = getDb(),
  now: () => number = tellTime,
  retryPausesMs: readonly number[] = waiting.isPerson ? RETRY_PAUSES_OF_PERSON_MS : RETRY_PAUSES_MS,
): Promise<void> {
  await orNote(db, now, async () => {
    const options = await toOptions(retryPausesMs, db, now);
    // A request that is refused goes on by whatever is in force then.
    const asked = { ...options.connection };
    const catalogue = await fetchCatalogue(options, now);
    await db.transaction().execute(async (tx) => {
      if (!(await lockInForce(asked, tx))) throw new AppError("changed_meanwhile");
      await bindAccount(catalogue.account.id, options.connection, tx);
      await keep(catalogue, tx, now());
      if (choosePipeline(catalogue)) await resumeQueueFrom("no_pipeline", tx);
    });
  });
}

/**
 * Only the pipelines, in one request: where leads go is all that settings may leave open. `asked`: by which connection. Throws
 * as refreshCatalogue does.
 */
export async function readPipelines(
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<Pick<Catalogue, "pipelines"> & { asked: Connection }> {
  return orNote(db, now, async () => {
    const options = await toOptions(RETRY_PAUSES_MS, db, now);
    const asked = { ...options.connection };
    return { ...(await listPipelines(options)), asked };
  });
}

async function toOptions(retryPausesMs: readonly number[], db: Db, now: () => number): Promise<ReadOptions> {
  return {
    slot: () => takeSlot({ lane: "delivery", db, now }),
    connection: await getConnection(db, now),
    retryPausesMs,
    onRetry: (error) => adjustToAnswer(error, undefined, db, now()),
  };
}

/** The page shows a failure, and the queue heeds it. */
async function orNote<T>(db: Db, now: () => number, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.code !== "changed_meanwhile") await noteFailure(error, db, now());
    throw error;
  }
}

/** What a connection says that was replaced meanwhile concerns nobody. */
async function noteFailure(error: AppError, db: Db, now: number): Promise<void> {
  const asked = findAskedBy(error);
  await db.transaction().execute(async (tx) => {
    if (!asked || (await lockInForce(asked, tx))) await saveRefreshFailure(error.code, tx, now);
  });
  await adjustToAnswer(error, undefined, db, now);
}

/** Answers false where it cannot be read anew; what was kept before then stands. */
export async function tryRefresh(
  waiting: Waiting,
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<boolean> {
  try {
    await refreshCatalogue(waiting, db, now);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return false;
  }
}

/**
 * Once an hour, counted from the last try, by whomever it was, and by a clock that may have been set back since; once a
 * minute until the first reading.
 */
export async function refreshOldCatalogue(db: Db = getDb(), now: () => number = tellTime): Promise<void> {
  const { fetchedAt, triedAt } = await findCatalogueState(db);
  const pauseMs = fetchedAt === null ? MINUTE_MS : HOUR_MS;
  if (Math.abs(now() - Math.max(fetchedAt ?? 0, triedAt ?? 0)) >= pauseMs) await tryRefresh({}, db, now);
}

async function keep(catalogue: Catalogue, tx: Db, now: number): Promise<void> {
  await lockCatalogue(tx);
  const published = await completeFirstMapping(catalogue, tx);
  await saveCatalogue(catalogue, published ? findDrift(published.mapping, catalogue) : [], tx, now);
}
