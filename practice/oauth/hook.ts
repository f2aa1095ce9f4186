import { createHmac } from "node:crypto";
import { ACCOUNT_ID } from "../state/account-parts.ts";
import { revokeAll } from "../state/grants.ts";
import { CLIENT_ID, toClientSecret } from "../state/token.ts";
import type { World } from "../state/world.ts";

const PATIENCE_MS = 5000;

/** `parameter`: how the document of the day calls the integration's id. */
export type HookOptions = {
  signature?: "right" | "wrong" | "none";
  parameter?: "client_uuid" | "client_id";
  accountId?: number;
};

/** Somebody disables the integration: its tokens are dead at once, and its hook is asked. docs/kommo-api.md §7.4 */
export async function disable(world: World, options: HookOptions = {}): Promise<number | null> {
  world.store.grants.isDisabled = true;
  revokeAll(world.store.grants);
  await world.store.save();
  return callHook(world, options);
}

/** Asks the hook without disabling anything, as a replay does. Answers its status, or null without an answer. */
export async function callHook(world: World, options: HookOptions = {}): Promise<number | null> {
  const { hookUrl } = world.store.grants;
  if (!hookUrl) return null;
  const url = new URL(hookUrl);
  for (const [name, value] of Object.entries(toParameters(world, options))) url.searchParams.set(name, value);
  return fetch(url, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    ({ status }) => status,
    () => null,
  );
}

function toParameters({ store }: World, options: HookOptions): Record<string, string> {
  const { signature = "right", parameter = "client_uuid", accountId = ACCOUNT_ID } = options;
  const key = signature === "wrong" ? "another secret" : toClientSecret(store.secret);
  const signed = createHmac("sha256", key).update(`${CLIENT_ID}|${accountId}`).digest("hex");
  return {
    account_id: String(accountId),
    [parameter]: CLIENT_ID,
    ...(signature !== "none" && { signature: signed }),
  };
}
