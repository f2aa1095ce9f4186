"use server";

import { nothingSchema, provenAction } from "@/lib/action";
import { setHook } from "./mutations";
import { hasHook } from "./queries";

/** Only a new address in place of another ends something. */
export const makeHookAddress = provenAction(
  ["admin"],
  nothingSchema,
  (_, user) => setHook(user.id),
  () => hasHook(),
);
