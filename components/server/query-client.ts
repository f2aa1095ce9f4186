"use client";

import { QueryClient } from "@tanstack/react-query";

// Without a connection a query fails, so that the page can say so; by default it would wait silently.
const options = { queries: { retry: false, staleTime: 1000, networkMode: "always" } } as const;

let client: QueryClient | undefined;

/** One for the tab, for what changes while a person looks, wherever in the frame it is shown. */
export function getQueryClient(): QueryClient {
  // On the server each page has its own: one person must not read what another's page fetched.
  if (typeof window === "undefined") return new QueryClient({ defaultOptions: options });
  client ??= new QueryClient({ defaultOptions: options });
  return client;
}
