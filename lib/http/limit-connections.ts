import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Log } from "./log-console.ts";

// Twenty people hold some 120. Each costs a descriptor, of which a process has 1,024 on many machines.
const MOST_CONNECTIONS = 800;
const HEADERS_WITHIN_MS = 15_000;
// Proxies keep an idle connection for a minute. The side that closes first must be theirs: a request that comes that moment
// is lost.
const IDLE_FOR_MS = 75_000;
// Longer than any answer pauses: one that waits for Kommo takes a minute.
const SILENT_FOR_MS = 120_000;
const TOLD_AGAIN_MS = 60_000;

/**
 * Bounds what all visitors together can hold open. Nothing here speaks another protocol, so whoever asks to upgrade or to
 * tunnel is cut off: Node leaves such a socket to its listener, and would never close it. `dev`: Next's hot reload upgrades.
 */
export function limitConnections(http: Server, log: Log, { dev }: { dev: boolean }): void {
  http.maxConnections = MOST_CONNECTIONS;
  http.headersTimeout = HEADERS_WITHIN_MS;
  http.keepAliveTimeout = IDLE_FOR_MS;
  http.setTimeout(SILENT_FOR_MS);
  const cutOff = (request: IncomingMessage, socket: Duplex) => {
    log.warn({ method: request.method }, "a connection that asked for another protocol was closed");
    socket.destroy();
  };
  if (!dev) http.on("upgrade", cutOff);
  http.on("connect", cutOff);

  let [dropped, toldAt] = [0, Number.NEGATIVE_INFINITY];
  http.on("drop", () => {
    dropped++;
    if (performance.now() - toldAt < TOLD_AGAIN_MS) return;
    log.error({ dropped, most: MOST_CONNECTIONS }, "too many connections are open: new ones are dropped");
    [dropped, toldAt] = [0, performance.now()];
  });
}
