/** How far an export is, for the page that waits for it; `stop` ends it before its next portion. */
type Progress = {
  personId: string;
  rows: number;
  state: "running" | "done" | "stopped" | "failed";
  changedAt: number;
};

const KEPT_MS = 10 * 60 * 1000;
// Next bundles the routes apart, so a module variable would be several.
const handle = globalThis as typeof globalThis & { leadDeskExports?: Map<string, Progress> };

export function findProgress(ticket: string, personId: string) {
  const progress = getAll().get(ticket);
  return progress?.personId === personId ? { rows: progress.rows, state: progress.state } : undefined;
}

/** One that was stopped does not run on. */
export function noteProgress(ticket: string, personId: string, rows: number, state: Progress["state"]): void {
  const now = Date.now();
  if (state === "running" && getAll().get(ticket)?.state === "stopped") return;
  for (const [other, { changedAt }] of getAll()) if (changedAt < now - KEPT_MS) getAll().delete(other);
  getAll().set(ticket, { personId, rows, state, changedAt: now });
}

export function stopExport(ticket: string, personId: string): void {
  const progress = getAll().get(ticket);
  if (progress?.personId === personId && progress.state === "running") progress.state = "stopped";
}

function getAll(): Map<string, Progress> {
  handle.leadDeskExports ??= new Map();
  return handle.leadDeskExports;
}
