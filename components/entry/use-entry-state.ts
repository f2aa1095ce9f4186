"use client";

import { useState, useSyncExternalStore } from "react";
import { type Dispatch, type EntryState, reduceEntry } from "./entry-state";

export type EntryStore = {
  /** The state at this moment: two presses can come before React has shown what the first one did. */
  get: () => EntryState;
  dispatch: Dispatch;
  subscribe: (listener: () => void) => () => void;
  /** Resolves once the state is so. */
  until: (isSo: (state: EntryState) => boolean) => Promise<void>;
};

export function useEntryState(start: () => EntryState): [EntryState, EntryStore] {
  const [store] = useState(() => createStore(start()));
  return [useSyncExternalStore(store.subscribe, store.get, store.get), store];
}

function createStore(start: EntryState): EntryStore {
  let state = start;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get: () => state,
    dispatch: (event) => {
      const next = reduceEntry(state, event);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe,
    until: (isSo) =>
      new Promise((resolve) => {
        if (isSo(state)) return resolve();
        const stop = subscribe(() => {
          if (!isSo(state)) return;
          stop();
          resolve();
        });
      }),
  };
}
