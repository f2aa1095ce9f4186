import "server-only";
import { writeClaims } from "@/lib/auth/session";
import { changePassword } from "./mutations";
import type { NewPassword } from "./schema";

/** This browser stays signed in: its token gets the new version. */
export async function changeOwnPassword(given: NewPassword, id: string, session: string): Promise<void> {
  const version = await changePassword(given, id, session);
  await writeClaims({ sub: id, version, session });
}
