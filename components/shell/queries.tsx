"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

// Without a connection a query is tried and fails, so that the page can say so, instead of resting in silence.
const options = { queries: { retry: false, staleTime: 1000, networkMode: "always" } } as const;

/** For what changes while a person looks, wherever in the frame it is shown. */
export function Queries({ children }: { children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: options }));
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
