import "server-only";
import { createHmac } from "node:crypto";
import { isIPv6 } from "node:net";
import { parseDeviceMark } from "./device";
import type { LimitKey } from "./sign-in-limits";

const IPV4_MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

export type Visitor = { address: string; device: string | undefined };

/** Keyed hashes, so that the table reveals no e-mail and no address. */
export function toLimitKeys(email: string, visitor: Visitor, secret: string): LimitKey[] {
  const toKey = (kind: string, of: string) => toHash(`${kind} ${of}`, secret);
  const device = parseDeviceMark(visitor.device, email, secret);
  if (device) return [{ kind: "device", key: toKey("device", device) }];

  const network = toNetwork(visitor.address);
  return [
    { kind: "guesser", key: toKey("guesser", `${network} ${email}`) },
    { kind: "account", key: toKey("account", email) },
    { kind: "address", key: toKey("address", network) },
  ];
}

/**
 * For codes of a second factor, of which a few in a million are right. Whoever knows the password and not the code waits
 * for up to five minutes, from wherever they come, and does not hold up a browser that has signed in before.
 */
export function toCodeLimitKeys(
  { id, email }: { id: string; email: string },
  visitor: Visitor,
  secret: string,
): LimitKey[] {
  const device = parseDeviceMark(visitor.device, email, secret);
  if (!device) return [{ kind: "person", key: toHash(`code ${id}`, secret) }];
  return [
    { kind: "device", key: toHash(`code device ${device}`, secret) },
    { kind: "account", key: toHash(`code account ${id}`, secret) },
  ];
}

function toHash(text: string, secret: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url");
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
