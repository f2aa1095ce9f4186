"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import { nothing, type Selection } from "./selection";

type Shared = {
  /** Of the page, in its order. */
  ids: readonly string[];
  /** The chosen ones that the page still shows. */
  picked: readonly string[];
  selection: Selection;
  select: (selection: Selection) => void;
};

const Context = createContext<Shared>({ ids: [], picked: [], selection: nothing, select: () => {} });

type SelectionProviderProps = {
  ids: readonly string[];
  /** Another list begins with nothing chosen. */
  list: string;
  children: ReactNode;
};

export function SelectionProvider({ ids, list, children }: SelectionProviderProps) {
  const [held, hold] = useState({ list, selection: nothing });
  const selection = held.list === list ? held.selection : nothing;
  const picked = ids.filter((id) => selection.chosen.has(id));
  const select = (next: Selection) => hold({ list, selection: next });
  return <Context value={{ ids, picked, selection, select }}>{children}</Context>;
}

export function useSelection(): Shared {
  return useContext(Context);
}
