import type { IncomingMessage } from "node:http";
import { isIPv4, isIPv6 } from "node:net";

/**
 * Each proxy appends the address that it saw to x-forwarded-for. With one trusted proxy the last entry is true; the
 * visitor can have written everything before it. One visitor has one address, with or without a port. What is no address
 * counts as the proxy's own.
 */
export function findVisitorAddress(request: IncomingMessage, trustedProxies: number): string {
  const header = request.headers["x-forwarded-for"] ?? "";
  const forwarded = String(header)
    .split(",")
    .map((address) => address.trim());
  const claimed = trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined;
  return toIp(claimed) ?? toIp(request.socket.remoteAddress) ?? "";
}

function toIp(text = ""): string | undefined {
  const [, bracketed, bare = text] = /^\[([^\]]*)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/.exec(text) ?? [];
  const [address = ""] = (bracketed ?? bare).split("%");
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return undefined;
  const ipv6 = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(ipv6) ?? [];
  return high && low ? toIpv4(Number.parseInt(high, 16), Number.parseInt(low, 16)) : ipv6;
}

function toIpv4(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
