"use server";

import { openAction, sessionAction, userAction } from "@/lib/action";
import { endSession } from "@/lib/auth/mutations";
import { enterByLink } from "./enter-by-link";
import { changePassword, endOwnSessions, saveName } from "./mutations";
import {
  chosenPasswordSchema,
  newPasswordSchema,
  nothingSchema,
  ownNameSchema,
  sessionIdSchema,
} from "./schema";

export const rename = userAction(ownNameSchema, (name, user) => saveName(name, user.id));
export const replacePassword = sessionAction(newPasswordSchema, (given, user) =>
  changePassword(given, user.id),
);
export const endOtherSessions = sessionAction(nothingSchema, (_, user) => endOwnSessions(user.id));
export const endOneSession = userAction(sessionIdSchema, (id, user) => endSession(id, user.id));
export const choosePasswordByLink = openAction(chosenPasswordSchema, (chosen) => enterByLink(chosen));
