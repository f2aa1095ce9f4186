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

/** Marks the browser too: whoever holds a valid link is not delayed by the wrong attempts of strangers. */
export async function choosePasswordOnDevice(chosen: ChosenPassword): Promise<{ email: string }> {
  const person = await choosePassword(chosen);
  await markDevice(person.email);
  return person;
}
