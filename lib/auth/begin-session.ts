import "server-only";
import { getEnv } from "@/lib/env";
import { findAccount } from "@/lib/people/queries";
import { keepCookie } from "@/lib/preferences/keep-cookie";
import { LOCALE_COOKIE, localeSchema, THEME_COOKIE, themeSchema } from "@/lib/preferences/schema";
import { markDevice } from "./mark-device";
import { recordSignIn } from "./mutations";
import { toTurns } from "./to-turns";
import { readVisitor } from "./visitor";

/** What follows a sign-in, whichever way it came: it is written down, and the browser takes on the person's choices. */
export async function beginSession(email: string, isByOidc: boolean): Promise<void> {
  const { secret } = getEnv();
  const account = await findAccount(email.toLowerCase());
  if (!account) return;

  const visitor = await readVisitor();
  const detail = { how: isByOidc ? "oidc" : "password", address: visitor.address } as const;
  await recordSignIn(account.id, isByOidc ? [] : toTurns(account.email, visitor, secret), detail);

  await markDevice(account.email);
  const [locale, theme] = [localeSchema.safeParse(account.locale), themeSchema.safeParse(account.theme)];
  if (locale.success) await keepCookie(LOCALE_COOKIE, locale.data);
  if (theme.success) await keepCookie(THEME_COOKIE, theme.data);
}
