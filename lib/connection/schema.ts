import * as z from "zod/mini";
import type { Account } from "@/lib/domain/mapping/catalogue";
import { limitedText } from "@/lib/domain/text";

/** `subdomain`: the first part of an address at kommo.com, a whole address, or a practice Kommo's on this machine. */
export const newConnectionSchema = z.object({
  subdomain: z.pipe(
    z.pipe(limitedText(200, "subdomain_invalid").check(z.trim()), z.transform(toBaseUrl)),
    z.string("subdomain_invalid"),
  ),
  token: limitedText(10_000, "token_invalid").check(
    z.trim(),
    z.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, "token_invalid"),
  ),
});
export type NewConnection = z.output<typeof newConnectionSchema>;

/** What an admin sees of the connection: never the token. Times are epoch milliseconds. */
export type ConnectionState = {
  /** Who gave the token: the settings (read-only here), an admin, or the practice Kommo that runs without any. */
  source: "settings" | "stored" | "practice";
  baseUrl: string;
  lastFour: string;
  account: Account | null;
  /** Null when the token does not say. */
  expiresAt: number | null;
  lastSuccess: number | null;
  lastError: { code: string; at: number } | null;
  setBy: string | null;
  setAt: number | null;
  /** Null for a long-lived token. */
  grant: GrantState | null;
};

/** How an admin has connected by OAuth: with a code that was copied, or by way of Kommo's page. */
export const grantWays = ["code", "redirect"] as const;
export type GrantWay = (typeof grantWays)[number];

/** What is to be entered in Kommo, and the integration that is known already: its secret stays on the server. */
export type OauthSetUp = {
  redirectUri: string;
  hookUrl: string;
  clientId: string | null;
  kept: KeptShown | null;
  isOfSettings: boolean;
  /** Of the account that the settings name, as an admin types it; empty without. */
  subdomain: string;
};

/** What an admin has entered for Kommo's page, and nothing is connected by: never its secret. */
export type KeptShown = {
  clientId: string;
  redirectUri: string;
  subdomain: string;
  /** False where the secret can no longer be read. */
  hasSecret: boolean;
};

export const scopesSchema = z.array(z.string());

/** What an admin sees of a grant: never a token, nor the integration's secret. */
export type GrantState = {
  clientId: string;
  redirectUri: string;
  way: GrantWay;
  renewedAt: number;
  /** Null where the token does not say. */
  scopes: string[] | null;
  /** How far this machine's clock was ahead of Kommo's. */
  clockAheadMs: number | null;
};

// amoCRM is Kommo's name in Russia: the same product and API under another domain.
const ACCOUNT = /^(?:https:\/\/)?([a-z0-9][a-z0-9-]*)(?:\.(kommo\.com|amocrm\.ru)(?:\/.*)?)?$/i;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/?$/i;

/** What an admin types for that address: at kommo.com its first part is enough. */
export function toTyped(baseUrl: string): string {
  return baseUrl.replace(/^https:\/\/(?:(.+)\.kommo\.com$)?/, "$1");
}

/** Undefined for any other host: the token must reach Kommo, or this machine, only. */
function toBaseUrl(typed: string): string | undefined {
  if (LOOPBACK.test(typed)) return new URL(typed).origin;
  const [, subdomain, domain = "kommo.com"] = ACCOUNT.exec(typed) ?? [];
  return subdomain && `https://${subdomain}.${domain}`.toLowerCase();
}
