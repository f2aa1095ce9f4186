import "server-only";
import { markDevice } from "@/lib/auth/mark-device";
import { choosePassword } from "./mutations";
import type { ChosenPassword } from "./schema";

/** Whoever holds the link gets in, however many strangers guess at the account meanwhile. */
export async function enterByLink(chosen: ChosenPassword): Promise<{ email: string }> {
  const person = await choosePassword(chosen);
  await markDevice(person.email);
  return person;
}
