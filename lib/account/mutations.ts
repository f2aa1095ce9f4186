import "server-only";
import { tellTime } from "@/lib/clock";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import type { Finding } from "@/lib/domain/mapping/schema";
import type { ErrorCode } from "@/lib/errors";
import { moveLeads } from "@/lib/leads/transitions";

const ID = "kommo";

/** A refresh and a publishing may come together: each compares the newest mapping with the newest catalogue, one after the other. */
export async function lockCatalogue(tx: Db): Promise<void> {
  await lockRows(tx, tx.selectFrom("catalogues").select("id").where("id", "=", ID)).execute();
}

/** Keeps what Kommo listed, and how the published mapping differs from it. */
export async function saveCatalogue(
  catalogue: Catalogue,
  findings: Finding[],
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  const row = {
    body: JSON.stringify(catalogue),
    fetched_at: catalogue.fetchedAt,
    tried_at: now,
    problem: null,
    findings: JSON.stringify(findings),
  };
  await upsert(row, db);
  await releaseWaiting(db, now);
}

/** After a publishing: leads that waited for it go again, and are held back again where it did not help. */
export async function saveFindings(findings: Finding[], db: Db = getDb(), now = tellTime()): Promise<void> {
  await upsert({ findings: JSON.stringify(findings) }, db);
  await releaseWaiting(db, now);
}

/** What was listed before stands; the page says how old it is, and why. */
export async function saveRefreshFailure(
  problem: ErrorCode,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await upsert({ tried_at: now, problem }, db);
}

/** What another account has listed says nothing of this one. */
export async function forgetCatalogue(db: Db = getDb()): Promise<void> {
  await upsert({ body: null, fetched_at: null, tried_at: null, problem: null, findings: "[]" }, db);
}

type Row = {
  body?: string | null;
  fetched_at?: number | null;
  tried_at?: number | null;
  problem?: string | null;
  findings?: string;
};

async function upsert(row: Row, db: Db): Promise<void> {
  await db
    .insertInto("catalogues")
    .values({ id: ID, findings: "[]", ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
}

async function releaseWaiting(db: Db, now: number): Promise<void> {
  await moveLeads("resend", { problem: null, problem_detail: null, due_at: now }, db)
    .where("state", "=", "needs_admin")
    .where("problem", "=", "mapping_broken")
    .execute();
}
