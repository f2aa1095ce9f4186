import type { Account } from "@/lib/domain/mapping/catalogue";

const KOMMO = /^([a-z0-9-]+)\.kommo\.com$/;

/** False where the address is another account's: settings may change while Kommo is away. A practice Kommo has any address. Pure. */
export function isAccountAt({ subdomain }: Pick<Account, "subdomain">, baseUrl: string): boolean {
  const [, own] = KOMMO.exec(new URL(baseUrl).hostname) ?? [];
  return own === undefined || subdomain === "" || own === subdomain.toLowerCase();
}
