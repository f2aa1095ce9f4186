"use server";

import { nothingSchema, openAction, userAction } from "@/lib/action";
import { endSession } from "@/lib/auth/mutations";
import { endSessionsExcept, saveName } from "./mutations";
import { chosenPasswordSchema, newPasswordSchema, ownNameSchema, sessionIdSchema } from "./schema";
import { changeOwnPassword, choosePasswordOnDevice } from "./set-password";

export const rename = userAction(ownNameSchema, (name, user) => saveName(name, user.id));
export const replacePassword = userAction(newPasswordSchema, (given, user, session) =>
  changeOwnPassword(given, user.id, session),
);
export const endOtherSessions = userAction(nothingSchema, (_, user, session) =>
  endSessionsExcept(session, user.id),
);
export const endOneSession = userAction(sessionIdSchema, (id, user) =>
  endSession(id, user.id, "session_ended"),
);
export const choosePasswordByLink = openAction(chosenPasswordSchema, (chosen) =>
  choosePasswordOnDevice(chosen),
);
