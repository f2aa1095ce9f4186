import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { makeDatabase } from "@/tests/support/postgres";

const server = process.env.TEST_POSTGRES_URL;
const GIVES_UP = "Query read timeout";

describe.each(server ? [server] : [])("a connection whose statement was given up, on PostgreSQL", (url) => {
  let proxy: Server;
  let throughProxy: string;
  let connections: { fallSilent(): void; speak(): void }[];
  let direct: Db;
  let db: Db;

  beforeAll(async () => {
    const own = new URL(await makeDatabase(url));
    proxy = createServer((client) => {
      const backend = connect(Number(own.port || 5432), own.hostname);
      const kept: Buffer[] = [];
      let isSilent = false;
      client.on("data", (chunk) => void backend.write(chunk)).on("close", () => backend.destroy());
      backend.on("data", (chunk) => void (isSilent ? kept.push(chunk) : client.write(chunk)));
      for (const socket of [client, backend]) socket.on("error", () => undefined);
      connections.push({
        fallSilent() {
          isSilent = true;
        },
        speak() {
          isSilent = false;
          for (const chunk of kept.splice(0)) client.write(chunk);
        },
      });
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const address = proxy.address();
    const port = typeof address === "object" && address ? address.port : 0;
    throughProxy = Object.assign(new URL(own), { hostname: "127.0.0.1", port: String(port) }).href;
    direct = openDb(own.href);
    await sql`create table notes (note text)`.execute(direct);
  });
  beforeEach(async () => {
    connections = [];
    await sql`delete from notes`.execute(direct);
    db = openDb(throughProxy, { queryMs: 1000 });
    await count(db);
  });
  afterEach(() => db.destroy());
  afterAll(async () => {
    await direct.destroy();
    proxy.close();
  });

  /** A fail-over that resets nothing: no answer passes on the connections of now, while new ones work. */
  function silence(): { end(): void } {
    const silent = [...connections];
    for (const { fallSilent } of silent) fallSilent();
    return {
      end() {
        for (const { speak } of silent) speak();
      },
    };
  }
  async function count(handle: Db): Promise<number> {
    const { rows } = await sql<{ note: string }>`select note from notes`.execute(handle);
    return rows.length;
  }

  test("is not lent again", async () => {
    silence();
    await expect(count(db)).rejects.toThrow(GIVES_UP);

    expect(await count(db)).toBe(0);
  });

  test("keeps nothing that is written next in the transaction that it began too late", async () => {
    const { end } = silence();
    await expect(db.transaction().execute(() => count(db))).rejects.toThrow(GIVES_UP);
    end();

    await sql`insert into notes values ('answered as done')`.execute(db);

    expect(await count(direct)).toBe(1);
  });

  test("takes no further statement of its transaction", async () => {
    const transaction = db.transaction().execute(async (tx) => {
      const { end } = silence();
      await expect(count(tx)).rejects.toThrow(GIVES_UP);
      end();
      await sql`insert into notes values ('nobody knows')`.execute(tx);
    });
    await expect(transaction).rejects.toThrow(GIVES_UP);

    expect(await count(direct)).toBe(0);
  });

  test("is lent again after a statement that PostgreSQL itself refused", async () => {
    await expect(sql`select 1 / 0`.execute(db)).rejects.toThrow("division by zero");

    await count(db);
    expect(connections).toHaveLength(1);
  });
});
