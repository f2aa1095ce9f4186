import "server-only";
import { createHmac } from "node:crypto";
import { readDevice } from "./device";
import type { LimitKey } from "./sign-in-limits";
import { toNetwork } from "./to-network";

export type Visitor = { address: string; device: string | undefined };

/**
 * The keys under which an attempt to sign in is counted. They are keyed hashes, so the table reveals no
 * e-mail and no address.
 */
export function toLimitKeys(email: string, visitor: Visitor, secret: string): LimitKey[] {
  const toKey = (kind: string, of: string) =>
    createHmac("sha256", secret).update(`${kind} ${of}`).digest("base64url");
  const device = readDevice(visitor.device, email, secret);
  if (device) return [{ kind: "device", key: toKey("device", device) }];

  return [
    { kind: "account", key: toKey("account", email) },
    { kind: "address", key: toKey("address", toNetwork(visitor.address)) },
  ];
}
