import type { Account } from "@/lib/domain/mapping/catalogue";

const KOMMO = /^([a-z0-9-]+)\.kommo\.com$/;

/**
 * Settings may change while Kommo is unreachable, so the address can belong to another account. A practice
 * Kommo may have any address.
 */
export function isAccountAt({ subdomain }: Pick<Account, "subdomain">, baseUrl: string): boolean {
  const [, own] = KOMMO.exec(new URL(baseUrl).hostname) ?? [];
  return own === undefined || subdomain === "" || own === subdomain.toLowerCase();
}
