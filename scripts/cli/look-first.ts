import pg from "pg";
import { readDatabaseUrl, refuse } from "./database-file.ts";

const url = readDatabaseUrl();
if (url.startsWith("file:")) refuse("npm run restore does this by itself; here it is for PostgreSQL.");

const client = new pg.Client({ connectionString: url });
await client.connect().catch(() => refuse("The database of DATABASE_URL does not answer."));
await client.query("create table if not exists restore_point (id text primary key, restored_at bigint)");
await client.query(
  "insert into restore_point (id, restored_at) values ('look-first', $1) on conflict (id) do update set restored_at = excluded.restored_at",
  [Date.now()],
);
await client.end();
process.stdout.write(
  "At the next start every lead that had not arrived when the back-up was made is looked for in Kommo before it is sent.\n",
);
