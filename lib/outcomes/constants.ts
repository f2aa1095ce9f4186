/** Kommo is looked at so often when nothing wakes the desk, and at most so often whatever does. */
export const LOOK_EVERY_MS = 60_000;
export const LOOK_APART_MS = 10_000;

/** A hook may come before its event is listed. */
export const AFTER_HOOK_MS = 2000;

/** A hook that has come before is silent when events come so long after the last one. */
export const SILENT_AFTER_MS = 24 * 60 * 60_000;
