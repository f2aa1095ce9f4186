import type { IncomingMessage } from "node:http";

/**
 * Each proxy appends the address that it saw to x-forwarded-for. With one trusted proxy the last entry is true; the
 * visitor can have written everything before it.
 */
export function findVisitorAddress(request: IncomingMessage, trustedProxies: number): string {
  const header = request.headers["x-forwarded-for"] ?? "";
  const forwarded = String(header)
    .split(",")
    .map((address) => address.trim());
  const claimed = trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined;
  return claimed || (request.socket.remoteAddress ?? "");
}
