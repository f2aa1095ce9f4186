import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { tellTime } from "@/lib/clock";
import type { Db } from "@/lib/db/client";
import { AppError, errorKinds, isErrorCode } from "@/lib/errors";
import type { Connection, Recoverable } from "@/lib/kommo/schema";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { findGrant, findLongLived, type Grant } from "./find-grant";
import { LOCKED_MS, lockGrant, noteGrantProblem } from "./grant-lock";
import { type Asking, moveGrant, renewPair } from "./renew-pair";

const LOOK_AGAIN_MS = 150;
// Fifty who were refused at once need one answer, and not fifty.
const STANDS_MS = 10_000;
// A record that is not there looks like an account that is not there: each would ask where the account is.
const NOT_MOVED_STANDS_MS = 60_000;
// Renewed just now, and refused all the same: the refusal is not about the token.
const FRESH_MS = 60_000;
// All tries of one renewal together; the lock outlasts them.
const TRIES_MS = LOCKED_MS - 15_000;

export type Recovering = {
  db: Db;
  now?: () => number;
  wait?: (ms: number) => Promise<unknown>;
};

const underWay = new WeakMap<Db, { refused: string; recovered: Promise<Connection> }>();

/**
 * What opens the account instead of a connection that Kommo has refused: what somebody else has renewed meanwhile, else the
 * next pair of tokens, or the address to which the account has moved. One process at a time asks Kommo, by a lock in the
 * database, and the new pair is stored before anybody uses it. Rejects with what asking has thrown; a person has to connect
 * again after `access_refused`, `grant_expired`, `grant_revoked`, `integration_disabled`, `integration_wrong` and
 * `redirect_wrong`.
 */
export function recoverGrant(
  refused: Connection,
  code: Recoverable,
  options: Recovering,
): Promise<Connection> {
  const { db } = options;
  const mark = `${code} ${refused.baseUrl} ${refused.token}`;
  const known = underWay.get(db);
  if (known?.refused === mark) return known.recovered;
  const recovered = recover(refused, code, options).finally(() => {
    if (underWay.get(db)?.recovered === recovered) underWay.delete(db);
  });
  underWay.set(db, { refused: mark, recovered });
  return recovered;
}

async function recover(
  refused: Connection,
  code: Recoverable,
  { db, now = tellTime, wait = sleep }: Recovering,
): Promise<Connection> {
  const since = now();
  for (;;) {
    const grant = await findGrant(db);
    const connection = grant?.connection ?? (await findLongLived(db));
    if (!connection) throw new AppError("token_refused");
    if (connection.token !== refused.token || connection.baseUrl !== refused.baseUrl) return connection;
    if (!grant) throw new AppError(code);
    const standing = findStanding(grant, code, since, now()) ?? findFresh(grant, code, now());
    if (standing) throw toTold(standing, grant);
    const lock = await lockGrant(grant, db, now());
    if (lock) return renewOrMove(grant, lock, code, db, now);
    if (Math.abs(now() - since) > LOCKED_MS) throw new AppError("unreachable");
    await wait(LOOK_AGAIN_MS);
  }
}

/** Why the last try failed: of one that has ended since we wait, or that has just shown that a person is needed. */
function findStanding(
  { triedAt, problem }: Grant,
  code: Recoverable,
  since: number,
  now: number,
): AppError | undefined {
  if (triedAt === null || !isErrorCode(problem)) return undefined;
  const isOfMove = problem === "account_missing";
  // That the account has not moved says nothing of its token.
  if (isOfMove !== (code === "account_missing")) return undefined;
  const standsMs = isOfMove ? NOT_MOVED_STANDS_MS : STANDS_MS;
  const isFinal = errorKinds[problem] === "connection" && Math.abs(now - triedAt) < standsMs;
  // A later time was written by a clock that has been set back since.
  const isNews = triedAt > since && triedAt <= now;
  return isNews || isFinal ? new AppError(problem) : undefined;
}

function findFresh({ renewedAt, renewAt }: Grant, code: Recoverable, now: number): AppError | undefined {
  const isFresh = renewedAt <= now && now - renewedAt < FRESH_MS && now < renewAt;
  return isFresh && code === "token_refused" ? new AppError("access_refused") : undefined;
}

/** Kommo says of a disabled integration the same as of a revoked one; its hook has told us more. */
function toTold(error: AppError, { disabledAt }: Grant): AppError {
  const isDisabled = disabledAt !== null && /^(?:grant|access)_/.test(error.code);
  return isDisabled ? new AppError("integration_disabled", { cause: error }) : error;
}

async function renewOrMove(
  grant: Grant,
  lock: string,
  code: Recoverable,
  db: Db,
  now: () => number,
): Promise<Connection> {
  const passed = performance.now();
  const asking: Asking = {
    // Somebody at the keyboard may wait for it, and a drain must not keep it: both would wait for each other.
    slot: () => takeSlot({ lane: "people", db, now }),
    signal: AbortSignal.timeout(TRIES_MS),
    // A process that was frozen may not use a token that another has exchanged since.
    mayLeave: () => performance.now() - passed < TRIES_MS,
    db,
    now,
  };
  try {
    return await (code === "account_missing" ? moveGrant(grant, asking) : renewPair(grant, asking));
  } catch (error) {
    const newer = await findGrant(db);
    if (newer && newer.refreshSealed !== grant.refreshSealed) return newer.connection;
    const longLived = newer ? undefined : await findLongLived(db);
    if (longLived) return longLived;
    if (!(error instanceof AppError)) throw error;
    const told = toTold(error, newer ?? grant);
    await noteGrantProblem(lock, told.code, db, now());
    throw told;
  }
}
