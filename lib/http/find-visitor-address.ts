import type { IncomingMessage } from "node:http";

/**
 * Each proxy adds whom it saw at the end of x-forwarded-for, so with one in front the last entry is true; what stands
 * before it is the visitor's own word.
 */
export function findVisitorAddress(request: IncomingMessage, trustedProxies: number): string {
  const header = request.headers["x-forwarded-for"] ?? "";
  const forwarded = String(header)
    .split(",")
    .map((address) => address.trim());
  const claimed = trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined;
  return claimed || (request.socket.remoteAddress ?? "");
}
