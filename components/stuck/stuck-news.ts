"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let lastCount: number | undefined;
let changes = 0;
let onDevice = 0;

/** For a page that shows how many leads wait for a person: when that changes, the navigation counts again at once. */
export function tellStuckCount(count: number): void {
  const isChange = lastCount !== undefined && lastCount !== count;
  lastCount = count;
  if (!isChange) return;
  changes += 1;
  for (const listener of listeners) listener();
}

/** How often the count changed since the tab was opened. */
export function useStuckChanges(): number {
  return useSyncExternalStore(
    subscribe,
    () => changes,
    () => 0,
  );
}

/** Of the leads on this device, those with which only their author can go on: no server counts them. */
export function tellStuckOnDevice(count: number): void {
  if (onDevice === count) return;
  onDevice = count;
  for (const listener of listeners) listener();
}

export function useStuckOnDevice(): number {
  return useSyncExternalStore(
    subscribe,
    () => onDevice,
    () => 0,
  );
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
