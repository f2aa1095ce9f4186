import { SUBDOMAIN } from "./account.ts";
import { ACCOUNT_ID } from "./account-parts.ts";
import type { LeadEvent } from "./records.ts";
import type { World } from "./world.ts";

const PATIENCE_MS = 2000;
const LOOPBACK = /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\//;

/** A practice account tells nobody but programs on this machine. */
export function isHookAddress(address: string): boolean {
  return address.length <= 500 && LOOPBACK.test(address);
}

/**
 * Tells every hook of a change, in Kommo's form: urlencoded with PHP's brackets, all values texts. Nobody waits for it, and it is
 * not repeated when it fails. docs/kommo-api.md §9
 */
export function sendHooks({ store: { state }, switches }: World, event: LeadEvent): void {
  const body = toHookBody(event).toString();
  for (const address of state.hooks) {
    for (let time = 0; time < switches.hookTimes; time++) void post(address, body);
  }
}

async function post(address: string, body: string): Promise<void> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  await fetch(address, { method: "POST", headers, body, signal, redirect: "manual" }).catch(() => undefined);
}

function toHookBody({ type, entity_id, value_before, value_after, created_by, created_at }: LeadEvent) {
  const before = toStatus(value_before);
  const after = toStatus(value_after);
  const key = `leads[${HOOKS[type]}][0]`;
  return new URLSearchParams({
    [`${key}[id]`]: String(entity_id),
    ...(after && {
      [`${key}[status_id]`]: String(after.id),
      [`${key}[pipeline_id]`]: String(after.pipeline_id),
    }),
    ...(before && { [`${key}[old_status_id]`]: String(before.id) }),
    [`${key}[modified_user_id]`]: String(created_by),
    [`${key}[last_modified]`]: String(created_at),
    "account[id]": String(ACCOUNT_ID),
    "account[subdomain]": SUBDOMAIN,
    "account[_links][self]": `https://${SUBDOMAIN}.kommo.com`,
  });
}

const HOOKS: Record<LeadEvent["type"], string> = {
  lead_status_changed: "status",
  lead_deleted: "delete",
  lead_restored: "restore",
  entity_merged: "update",
  entity_responsible_changed: "responsible",
};

function toStatus([value]: LeadEvent["value_after"]): { id: unknown; pipeline_id: unknown } | undefined {
  const status = value?.lead_status;
  return typeof status === "object" && status !== null && "id" in status && "pipeline_id" in status
    ? { id: status.id, pipeline_id: status.pipeline_id }
    : undefined;
}
