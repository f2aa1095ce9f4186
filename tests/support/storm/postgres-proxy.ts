import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export type PostgresProxy = {
  /** The database of the given URL, by way of the proxy. */
  url: string;
  /** Every different statement that was sent. */
  statements(): string[];
  close(): Promise<void>;
};

/**
 * Stands between a desk and its PostgreSQL: passes each byte on some milliseconds later, as a database on another machine
 * would see it, and keeps what was asked. A log of the server's own would need its superuser.
 */
export async function startPostgresProxy(databaseUrl: string, delayMs: number): Promise<PostgresProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const statements = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port || 5432), hostname);
    client.on(
      "data",
      createReader((statement) => statements.add(statement)),
    );
    join(client, upstream, delayMs);
    join(upstream, client, delayMs);
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay());
      socket.once("close", () => sockets.delete(socket));
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return {
    url: url.href,
    statements: () => [...statements],
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function join(from: Socket, to: Socket, delayMs: number): void {
  from.on("data", (chunk) => setTimeout(() => to.write(chunk), delayMs));
  from.once("end", () => setTimeout(() => to.end(), delayMs));
  from.on("error", () => to.destroy());
}

const PARSE = "P".charCodeAt(0);
const QUERY = "Q".charCodeAt(0);
const LENGTH_BYTES = 4;

/** Reads the messages of PostgreSQL's protocol 3: a type, but for the first message, and a length that counts itself. */
function createReader(tell: (statement: string) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let typeBytes = 0;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= typeBytes + LENGTH_BYTES) {
      const end = typeBytes + rest.readUInt32BE(typeBytes);
      if (rest.length < end) return;
      const statement = typeBytes === 0 ? undefined : readStatement(rest.subarray(0, end));
      if (statement) tell(statement);
      rest = rest.subarray(end);
      typeBytes = 1;
    }
  };
}

function readStatement(message: Buffer): string | undefined {
  const texts = message.toString("utf8", 1 + LENGTH_BYTES).split("\0");
  if (message[0] === QUERY) return texts[0];
  // The name of a prepared statement comes first.
  return message[0] === PARSE ? texts[1] : undefined;
}
