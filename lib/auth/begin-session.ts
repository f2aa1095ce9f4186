import "server-only";
import { headers } from "next/headers";
import type { Db } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { findAccount, findLinkedAccount } from "@/lib/people/queries";
import { saveCookie } from "@/lib/preferences/own-cookies";
import { LOCALE_COOKIE, localeSchema, THEME_COOKIE, themeSchema } from "@/lib/preferences/schema";
import { getWaits } from "@/lib/second-factor/queries";
import type { Claims } from "./claims";
import { markDevice } from "./mark-device";
import { createSession, recordAwaitedFactor, recordSignIn } from "./mutations";
import { dropFormerSession, readClaims } from "./session";
import { toBrowserName } from "./to-browser-name";
import { toLimitKeys } from "./to-limit-keys";
import { getVisitor } from "./visitor";

/** By `subject` for single sign-on, else `version` is of the compared password. */
type Authenticated =
  | { subject: { iss: string; sub: string; authenticatedAt?: number } }
  | { email: string; version: number };

/** Undefined when the person may not sign in any more. */
export async function beginSession(who: Authenticated): Promise<Claims | undefined> {
  const { secret } = getEnv();
  const isByOidc = "subject" in who;
  const account = await (isByOidc ? findLinkedAccount(who.subject) : findAccount(who.email));
  if (!account) return undefined;

  const version = isByOidc ? undefined : who.version;
  const owner = { sub: account.id, version: version ?? account.session_version };
  const browser = toBrowserName((await headers()).get("user-agent"));
  const toWaits = (tx: Db) => getWaits({ ...account, isByOidc }, tx);
  const provenAt = isByOidc ? toProvenAt(who.subject.authenticatedAt) : Date.now();
  const replaced = (await readClaims())?.session;
  const created = await createSession({ ...owner, browser, replaced, toWaits, provenAt });
  if (!created) return undefined;
  const { session, waitsFor } = created;

  const visitor = await getVisitor();
  const limitKeys = isByOidc ? [] : toLimitKeys(account.email, visitor, secret);
  const detail = { how: isByOidc ? "oidc" : "password", address: visitor.address } as const;
  await (waitsFor === "factor" ? recordAwaitedFactor : recordSignIn)(account.id, limitKeys, detail);
  // The mark of a known browser comes with the factor: else each right password would give new guesses at its code.
  if (waitsFor === null) await markDevice(account.email);

  await dropFormerSession();
  const [locale, theme] = [localeSchema.safeParse(account.locale), themeSchema.safeParse(account.theme)];
  if (locale.success) await saveCookie(LOCALE_COOKIE, locale.data);
  if (theme.success) await saveCookie(THEME_COOKIE, theme.data);
  return { ...owner, session };
}

/** A provider that does not tell when it asked for the password counts as having asked just now. */
function toProvenAt(authenticatedAt: number | undefined): number {
  return Math.min(authenticatedAt ?? Number.POSITIVE_INFINITY, Date.now());
}
