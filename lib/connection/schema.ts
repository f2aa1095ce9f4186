import { z } from "zod";

/** Who gave the token: the settings (read-only here), an admin, or the practice Kommo that runs without any. */
export const connectionSources = ["settings", "stored", "practice"] as const;

/** The account behind the token, as GET /account tells of it (kommo-api.md §6). */
export const accountSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  subdomain: z.string(),
  currency: z.string().nullable(),
  timeZone: z.string().nullable(),
});
export type Account = z.infer<typeof accountSchema>;

/** `address`: the account's first part, its whole address, or a practice Kommo's on this machine. */
export const newConnectionSchema = z.object({
  subdomain: z.string().trim().transform(toBaseUrl).pipe(z.string("subdomain_invalid")),
  token: z
    .string()
    .trim()
    .max(10_000, "token_invalid")
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, "token_invalid"),
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

const DAY_MS = 24 * 60 * 60 * 1000;
const WARN_AT_DAYS = [1, 7, 14, 30];

/** Whole days until the token ends, 0 on its last day and after it. */
export function toDaysLeft(expiresAt: number, now: number): number {
  return Math.max(0, Math.floor((expiresAt - now) / DAY_MS));
}

/** The warning that stands: 30, 14, 7 or 1 days before the end, 0 after it; null while there is time. */
export function toTokenWarning(expiresAt: number, now: number): 0 | 1 | 7 | 14 | 30 | null {
  if (expiresAt <= now) return 0;
  const step = WARN_AT_DAYS.find((days) => expiresAt - now <= days * DAY_MS);
  return (step as 1 | 7 | 14 | 30 | undefined) ?? null;
}

const SUBDOMAIN = /^(?:https:\/\/)?([a-z0-9][a-z0-9-]*)(?:\.kommo\.com(?:\/.*)?)?$/i;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/?$/i;

/** Undefined for any other host: the token must reach Kommo, or this machine, only. */
function toBaseUrl(typed: string): string | undefined {
  if (LOOPBACK.test(typed)) return new URL(typed).origin;
  const subdomain = SUBDOMAIN.exec(typed)?.[1];
  return subdomain && `https://${subdomain.toLowerCase()}.kommo.com`;
}
