import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDb } from "@/lib/db/client";

const FIXTURES = join(import.meta.dirname, "..", "fixtures", "tls");
const CA = join(FIXTURES, "ca.pem");

let server: Server;
let begun: number;

/** As much of PostgreSQL as decides about TLS: it agrees to it, shows the certificate of `localhost`, and hangs up. */
beforeEach(async () => {
  begun = 0;
  const [key, cert] = ["server.key", "server.pem"].map((name) => readFileSync(join(FIXTURES, name)));
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      socket.write("S");
      const secured = new TLSSocket(socket, { isServer: true, key, cert });
      secured.on("error", () => undefined);
      secured.once("data", () => {
        begun++;
        secured.destroy();
      });
    });
  }).listen(0, "localhost");
  await once(server, "listening");
});
afterEach(() => server.close());

async function ask(query: string, host = "localhost"): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const db = openDb(`postgres://desk:secret@${host}:${port}/desk?${query}`);
  const failure = await sql`select 1`.execute(db).then(() => "", String);
  await db.destroy();
  return failure;
}

test.each(["require", "verify-full"])(
  "sslmode=%s with the server's authority in sslrootcert connects",
  async (mode) => {
    const warn = vi.spyOn(process, "emitWarning");

    await ask(`sslmode=${mode}&sslrootcert=${CA}`);

    expect(begun).toBe(1);
    expect(warn).not.toHaveBeenCalled();
  },
);

test.each(["require", "verify-full"])("sslmode=%s tells an unknown authority nothing", async (mode) => {
  expect(await ask(`sslmode=${mode}`)).toContain("certificate");
  expect(begun).toBe(0);
});

test("a certificate of another host is told nothing", async () => {
  const { address } = server.address() as AddressInfo;

  const host = address.includes(":") ? `[${address}]` : address;
  expect(await ask(`sslmode=require&sslrootcert=${CA}`, host)).toContain("altnames");
  expect(begun).toBe(0);
});

test("sslmode=no-verify connects to any certificate", async () => {
  await ask("sslmode=no-verify");

  expect(begun).toBe(1);
});
