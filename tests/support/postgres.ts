import { randomUUID } from "node:crypto";
import pg from "pg";

const NAME = "desk_test_";
const AT_ONCE = 8;

/** A fresh database on the server of the URL, as a URL of its own: a copy of the template, where one is named. */
export async function makeDatabase(url: string, template = "template1"): Promise<string> {
  const { DESK_TEST_RUN: run = "" } = process.env;
  const name = `${NAME}${run}${randomUUID().replaceAll("-", "")}`;
  await ask(url, `create database ${name} template ${template}`);

  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

/** The databases that `makeDatabase` has made in a run: all whose name begins with its word. */
export async function dropDatabases(url: string, run: string): Promise<void> {
  const listed = `select datname as name from pg_database where starts_with(datname, '${NAME}${run}')`;
  const names = await ask(url, listed);
  const dropNext = async () => {
    for (let name = names.pop(); name; name = names.pop())
      await ask(url, `drop database ${name} with (force)`);
  };
  // The server writes all it has to its disk before it drops one, and so once for those that are dropped together.
  await Promise.all(Array.from({ length: AT_ONCE }, dropNext));
}

async function ask(url: string, statement: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(statement);
  await client.end();
  return rows.map(({ name }) => name);
}
