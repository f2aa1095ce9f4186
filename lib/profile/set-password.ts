import "server-only";
import { markDevice } from "@/lib/auth/mark-device";
import { writeClaims } from "@/lib/auth/session";
import { changePassword, choosePassword } from "./mutations";
import type { ChosenPassword, NewPassword } from "./schema";

/** This browser stays signed in: its token gets the new version. */
export async function changeOwnPassword(given: NewPassword, id: string, session: string): Promise<void> {
  const version = await changePassword(given, id, session);
  await writeClaims({ sub: id, version, session });
}

/**
 * Marks the browser too: whoever holds a valid link is not delayed by the wrong attempts of strangers. Not where a second
 * factor is asked for: then the mark comes with it.
 */
export async function choosePasswordOnDevice(chosen: ChosenPassword): Promise<{ email: string }> {
  const { email, waitsFor } = await choosePassword(chosen);
  if (waitsFor === null) await markDevice(email);
  return { email };
}
