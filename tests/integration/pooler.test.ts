import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { createLead } from "@/lib/leads/mutations";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { takeLease } from "@/lib/worker/lease";
import { aLead } from "@/tests/support/builders";
import { insertSeller } from "@/tests/support/people";
import { makeDatabase } from "@/tests/support/postgres";
import { stubSettings } from "@/tests/support/settings";

const server = process.env.TEST_POSTGRES_URL;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };
// What PgBouncer takes in a start-up message without being told to ignore the rest.
const TAKEN = ["user", "database", "client_encoding", "application_name", "DateStyle", "TimeZone"];
// What PgBouncer would leave behind in a connection that it gives to the next one, or lose.
const OF_SESSION =
  /(?:^|;)\s*(?:set (?!local\b)|listen|prepare|declare|discard)|pg_advisory_(?!xact)|create temp/i;

type Seen = { parameters: string[]; statements: string[]; prepared: string[] };

describe.each(server ? [server] : [])("behind a pooler of transactions, PostgreSQL", (url) => {
  const seen: Seen = { parameters: [], statements: [], prepared: [] };
  let proxy: Server;
  let db: Db;

  beforeAll(async () => {
    stubSettings("http://127.0.0.1:9");
    const own = new URL(await makeDatabase(url));
    proxy = createServer((client) => {
      const backend = connect(Number(own.port || 5432), own.hostname);
      const read = readMessages(seen);
      client.on("data", read).pipe(backend).pipe(client);
      for (const socket of [client, backend]) socket.on("error", () => undefined);
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const { port } = proxy.address() as AddressInfo;
    db = openDb(Object.assign(new URL(own), { hostname: "127.0.0.1", port: String(port) }).href);
  });
  afterAll(async () => {
    await db.destroy();
    proxy.close();
  });

  test("is asked for nothing that lasts longer than a transaction", async () => {
    await migrate(db);
    const author = await insertSeller(db);
    await createLead(aLead(), author, db, Date.now(), RULES);
    await takeLease({ holder: "one" }, db);
    await takeSlot({ lane: "delivery", db, perSecond: 6 });

    expect(seen.statements.length).toBeGreaterThan(50);
    expect(seen.statements.filter((statement) => OF_SESSION.test(statement))).toEqual([]);
    expect(seen.parameters.filter((name) => !TAKEN.includes(name))).toEqual([]);
    expect(seen.prepared.filter(Boolean)).toEqual([]);
  });
});

/** Reads what a client says to PostgreSQL: the start-up message, then its statements. */
function readMessages({ parameters, statements, prepared }: Seen) {
  let rest: Buffer = Buffer.alloc(0);
  let isStarted = false;
  return (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = isStarted ? 1 : 0;
      if (rest.length < head + 4) return;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return;
      const kind = isStarted ? String.fromCharCode(rest[0] ?? 0) : "start";
      const parts = rest.toString("utf8", head + (isStarted ? 4 : 8), end).split("\0");
      rest = rest.subarray(end);
      isStarted = true;
      if (kind === "start") parameters.push(...parts.filter((_, index) => index % 2 === 0 && parts[index]));
      if (kind === "Q") statements.push(parts[0] ?? "");
      if (kind === "P") {
        prepared.push(parts[0] ?? "");
        statements.push(parts[1] ?? "");
      }
    }
  };
}
