"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Person } from "@/lib/people/schema";

type Account = { user: Person; hasPasswords: boolean };

const Context = createContext<Account | undefined>(undefined);

/** Tells the sign-in dialog whose page this is, and whether a password opens it. */
export function AccountProvider({ user, hasPasswords, children }: Account & { children: ReactNode }) {
  return <Context value={{ user, hasPasswords }}>{children}</Context>;
}

export function useAccount(): Account | undefined {
  return useContext(Context);
}
