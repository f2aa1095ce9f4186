import { CompiledQuery, createQueryId, type RootOperationNode, sql } from "kysely";
import { type Db, isPostgres } from "@/lib/db/client";

/** How the database answers each of the queries that `ask` makes. PostgreSQL would read a table of a few rows whole. */
export async function listPlans(db: Db, ask: (watched: Db) => Promise<unknown>): Promise<string[]> {
  const asked: RootOperationNode[] = [];
  const watched = db.withPlugin({
    transformQuery: ({ node }) => {
      asked.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await ask(watched);

  const explain = isPostgres(db) ? "explain" : "explain query plan";
  return db.transaction().execute(async (tx) => {
    if (isPostgres(db)) await sql`set local enable_seqscan = off`.execute(tx);
    const plans: string[] = [];
    for (const node of asked.filter(({ kind }) => kind === "SelectQueryNode")) {
      const { sql: text, parameters } = tx.getExecutor().compileQuery(node, createQueryId());
      const { rows } = await tx.executeQuery(CompiledQuery.raw(`${explain} ${text}`, [...parameters]));
      plans.push(JSON.stringify(rows));
    }
    return plans;
  });
}
