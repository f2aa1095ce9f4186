import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { z } from "zod";

const uuidSchema = z.uuid();
const rowsSchema = z.array(z.object({ id: z.string(), state: z.string(), problem: z.string().nullable() }));

export type LeadStates = Map<string, z.infer<typeof rowsSchema>[number]>;

/** Reads the state of every lead from outside the app. */
export async function readLeadStates(databaseUrl: string): Promise<LeadStates> {
  const rows = rowsSchema.parse(await run(databaseUrl, "select id, state, problem from leads"));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Ends the waiting times after failures. Leads that are being sent or unconfirmed keep theirs. */
export async function endBackOffs(databaseUrl: string): Promise<void> {
  await run(databaseUrl, "update leads set due_at = 0 where state = 'queued'");
}

/** As "Send now" does. */
export async function endHold(databaseUrl: string, id: string): Promise<void> {
  await run(
    databaseUrl,
    `update leads set due_at = 0 where state = 'held' and id = '${uuidSchema.parse(id)}'`,
  );
}

function run(databaseUrl: string, query: string): unknown[] | Promise<unknown[]> {
  return databaseUrl.startsWith("file:") ? runSqlite(databaseUrl, query) : runPostgres(databaseUrl, query);
}

function runSqlite(databaseUrl: string, query: string): unknown[] {
  const file = new DatabaseSync(databaseUrl.slice("file:".length), { timeout: 5000 });
  const rows = file.prepare(query).all();
  file.close();
  return rows;
}

async function runPostgres(databaseUrl: string, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(query);
  await client.end();
  return rows;
}
