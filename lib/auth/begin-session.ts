import "server-only";
import { headers } from "next/headers";
import { getEnv } from "@/lib/env";
import { findAccount } from "@/lib/people/queries";
import { saveCookie } from "@/lib/preferences/save-cookie";
import { LOCALE_COOKIE, localeSchema, THEME_COOKIE, themeSchema } from "@/lib/preferences/schema";
import type { Claims } from "./claims";
import { markDevice } from "./mark-device";
import { createSession, recordSignIn } from "./mutations";
import { readClaims } from "./session";
import { toBrowserName } from "./to-browser-name";
import { toLimitKeys } from "./to-limit-keys";
import { getVisitor } from "./visitor";

/**
 * `version` is of the compared password; single sign-on has none. Undefined when the person may not sign in any more.
 */
export async function beginSession(email: string, version: number | undefined): Promise<Claims | undefined> {
  const { secret } = getEnv();
  const account = await findAccount(email.toLowerCase());
  if (!account) return undefined;

  const owner = { sub: account.id, version: version ?? account.session_version };
  const browser = toBrowserName((await headers()).get("user-agent"));
  const session = await createSession({ ...owner, browser, replaced: (await readClaims())?.session });
  if (!session) return undefined;

  const visitor = await getVisitor();
  const isByOidc = version === undefined;
  const detail = { how: isByOidc ? "oidc" : "password", address: visitor.address } as const;
  await recordSignIn(account.id, isByOidc ? [] : toLimitKeys(account.email, visitor, secret), detail);

  await markDevice(account.email);
  const [locale, theme] = [localeSchema.safeParse(account.locale), themeSchema.safeParse(account.theme)];
  if (locale.success) await saveCookie(LOCALE_COOKIE, locale.data);
  if (theme.success) await saveCookie(THEME_COOKIE, theme.data);
  return { ...owner, session };
}
