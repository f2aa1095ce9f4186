"use client";

import { useSyncExternalStore } from "react";

export const MARK = "lead-desk-on-device.";

/** Whether this person has leads on this device; their code need not be loaded to know. */
export function useMark(personId: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => hasMark(personId),
    () => false,
  );
}

export function hasMark(personId: string): boolean {
  try {
    return MARK + personId in localStorage;
  } catch {
    // The browser refuses storage, and then keeps no leads either.
    return false;
  }
}

/** Browsers tell the other tabs only; `device-store.ts` tells this one. */
function subscribe(listener: () => void): () => void {
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}
