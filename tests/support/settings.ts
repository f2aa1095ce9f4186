import { vi } from "vitest";

const TOKEN = ["eyJhbGciOiJSUzI1NiJ9", "eyJleHAiOjE4OTAwMDAwMDB9", "c2ln"].join(".");

/** Valid settings for one Kommo. lib/env.ts reads them on first use. */
export function stubSettings(kommoUrl: string, token: string = TOKEN): void {
  vi.stubEnv("NEXTAUTH_SECRET", "x".repeat(40));
  vi.stubEnv("NEXTAUTH_URL", "http://desk.test");
  vi.stubEnv("KOMMO_BASE_URL", kommoUrl);
  vi.stubEnv("KOMMO_API_TOKEN", token);
}
