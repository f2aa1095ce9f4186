"use server";

import { nothingSchema, openAction, passwordAction, provenAction, userAction } from "@/lib/action";
import { endSession } from "@/lib/auth/mutations";
import { roles } from "@/lib/people/schema";
import { endSessionsExcept, saveName } from "./mutations";
import { chosenPasswordSchema, newPasswordSchema, ownNameSchema, sessionIdSchema } from "./schema";
import { changeOwnPassword, choosePasswordOnDevice } from "./set-password";

export const rename = userAction(ownNameSchema, (name, user) => saveName(name, user.id));
export const replacePassword = passwordAction(
  userAction(newPasswordSchema, (given, user, session) => changeOwnPassword(given, user.id, session)),
);
export const endOtherSessions = provenAction(roles, nothingSchema, (_, user, session) =>
  endSessionsExcept(session, user.id),
);
export const endOneSession = provenAction(roles, sessionIdSchema, (id, user) =>
  endSession(id, user.id, "session_ended"),
);
export const choosePasswordByLink = passwordAction(
  openAction(chosenPasswordSchema, (chosen) => choosePasswordOnDevice(chosen)),
);
