import { isLoopback } from "@/lib/env";

const LONGEST_HOST = 260;
// Kommo's own hosts end so too; the account's name stands before them, and `www` is no account.
const KOMMO_HOST = /^(?!www\.)[a-z0-9][a-z0-9-]*\.(?:kommo\.com|amocrm\.ru)$/;

/**
 * The address for a host that somebody names as Kommo's; undefined for any other, as a token goes there. A host of this
 * machine counts only beside a practice Kommo, and by its protocol.
 */
export function toAccountUrl(host: string, practiceUrl: string | null): string | undefined {
  const named =
    host.length > LONGEST_HOST
      ? ""
      : host
          .trim()
          .toLowerCase()
          .replace(/^https?:\/\//, "");
  const bare = named.replace(/\/$/, "");
  if (KOMMO_HOST.test(bare)) return practiceUrl ? undefined : `https://${bare}`;
  if (!practiceUrl || !/^[\w.:[\]-]+$/.test(bare)) return undefined;
  const url = `${new URL(practiceUrl).protocol}//${bare}`;
  return URL.canParse(url) && isLoopback(url) ? new URL(url).origin : undefined;
}
