import { randomUUID } from "node:crypto";
import pg from "pg";

/** A fresh database on the server of the URL, as a URL of its own. */
export async function makeDatabase(url: string): Promise<string> {
  const name = `desk_test_${randomUUID().replaceAll("-", "")}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();

  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}
