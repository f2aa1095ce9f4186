import "server-only";
import { createHmac } from "node:crypto";
import { isIPv6 } from "node:net";
import { parseDeviceMark } from "./device";
import type { LimitKey } from "./sign-in-limits";

const IPV4_MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

export type Visitor = { address: string; device: string | undefined };

/** Keyed hashes, so that the table reveals no e-mail and no address. */
export function toLimitKeys(email: string, visitor: Visitor, secret: string): LimitKey[] {
  const toKey = (kind: string, of: string) =>
    createHmac("sha256", secret).update(`${kind} ${of}`).digest("base64url");
  const device = parseDeviceMark(visitor.device, email, secret);
  if (device) return [{ kind: "device", key: toKey("device", device) }];

  return [
    { kind: "account", key: toKey("account", email) },
    { kind: "address", key: toKey("address", toNetwork(visitor.address)) },
  ];
}

/** The owner of one IPv6 address has 2^64 of them, so only the first half counts. */
export function toNetwork(address: string): string {
  const mapped = IPV4_MAPPED.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;

  const [head = "", tail] = new URL(`http://[${address.split("%")[0]}]`).hostname.slice(1, -1).split("::");
  const [first, last] = [head, tail ?? ""].map((part) => (part === "" ? [] : part.split(":")));
  const missing = tail === undefined ? 0 : 8 - (first?.length ?? 0) - (last?.length ?? 0);
  return [...(first ?? []), ...Array<string>(missing).fill("0"), ...(last ?? [])].slice(0, 4).join(":");
}
