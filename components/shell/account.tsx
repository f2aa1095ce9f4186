"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Person } from "@/lib/people/schema";

const Context = createContext<Person | undefined>(undefined);

/** Whose page this is, for what signs them in again. */
export function Account({ user, children }: { user: Person; children: ReactNode }) {
  return <Context value={user}>{children}</Context>;
}

export function useAccount(): Person | undefined {
  return useContext(Context);
}
