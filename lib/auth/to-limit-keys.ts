import "server-only";
import { createHmac } from "node:crypto";
import { readDevice } from "./device";
import type { LimitKey } from "./sign-in-limits";
import { toNetwork } from "./to-network";

export type Visitor = { address: string; device: string | undefined };

/** What a try at signing in is counted under. Keyed hashes: the table tells no e-mail and no address. */
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
