import * as z from "zod/mini";
import type { Account } from "@/lib/domain/mapping/catalogue";

/** Who gave the token: the settings (read-only here), an admin, or the practice Kommo that runs without any. */
export const connectionSources = ["settings", "stored", "practice"] as const;

/** `address`: the account's first part, its whole address, or a practice Kommo's on this machine. */
export const newConnectionSchema = z.object({
  subdomain: z.pipe(
    z.pipe(z.string().check(z.trim()), z.transform(toBaseUrl)),
    z.string("subdomain_invalid"),
  ),
  token: z
    .string()
    .check(
      z.trim(),
      z.maxLength(10_000, "token_invalid"),
      z.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, "token_invalid"),
    ),
});
export type NewConnection = z.output<typeof newConnectionSchema>;

/** What an admin sees of the connection: never the token. Times are epoch milliseconds. */
export type ConnectionState = {
  source: (typeof connectionSources)[number];
  baseUrl: string;
  lastFour: string;
  account: Account | null;
  /** Null when the token does not say. */
  expiresAt: number | null;
  lastSuccess: number | null;
  lastError: { code: string; at: number } | null;
  setBy: string | null;
  setAt: number | null;
};

const SUBDOMAIN = /^(?:https:\/\/)?([a-z0-9][a-z0-9-]*)(?:\.kommo\.com(?:\/.*)?)?$/i;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/?$/i;

/** Undefined for any other host: the token must reach Kommo, or this machine, only. */
function toBaseUrl(typed: string): string | undefined {
  if (LOOPBACK.test(typed)) return new URL(typed).origin;
  const subdomain = SUBDOMAIN.exec(typed)?.[1];
  return subdomain && `https://${subdomain.toLowerCase()}.kommo.com`;
}
