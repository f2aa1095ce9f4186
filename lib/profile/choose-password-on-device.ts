import "server-only";
import { markDevice } from "@/lib/auth/mark-device";
import { choosePassword } from "./mutations";
import type { ChosenPassword } from "./schema";

/** Marks the browser too: whoever holds a valid link is not delayed by the wrong attempts of strangers. */
export async function choosePasswordOnDevice(chosen: ChosenPassword): Promise<{ email: string }> {
  const person = await choosePassword(chosen);
  await markDevice(person.email);
  return person;
}
