"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Person } from "@/lib/people/schema";

const Context = createContext<Person | undefined>(undefined);

/** Tells the sign-in dialog whose page this is. */
export function AccountProvider({ user, children }: { user: Person; children: ReactNode }) {
  return <Context value={user}>{children}</Context>;
}

export function useAccount(): Person | undefined {
  return useContext(Context);
}
