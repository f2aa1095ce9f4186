import { parameters } from "./prefill";

/** The same address without what readLink reads. */
export function dropLink(address: string): string {
  const url = new URL(address);
  for (const name of Object.keys(parameters)) url.searchParams.delete(name);
  return url.pathname + url.search;
}
