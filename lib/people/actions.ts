"use server";

import { openAction, roleAction } from "@/lib/action";
import {
  changePerson,
  createFirstAdmin,
  createPerson,
  createResetLink,
  disablePerson,
  enablePerson,
  endAllSessions,
} from "./mutations";
import { changedPersonSchema, firstAdminSchema, newPersonSchema, personIdSchema } from "./schema";

const ADMIN = ["admin"] as const;

export const setUp = openAction(firstAdminSchema, (admin) => createFirstAdmin(admin));
export const addPerson = roleAction(ADMIN, newPersonSchema, (person, by) => createPerson(person, by.id));
export const editPerson = roleAction(ADMIN, changedPersonSchema, (person, by) => changePerson(person, by.id));
export const disable = roleAction(ADMIN, personIdSchema, (id, by) => disablePerson(id, by.id));
export const enable = roleAction(ADMIN, personIdSchema, (id, by) => enablePerson(id, by.id));
export const makeResetLink = roleAction(ADMIN, personIdSchema, (id, by) => createResetLink(id, by.id));
export const endSessionsOf = roleAction(ADMIN, personIdSchema, (id, by) => endAllSessions(id, by.id));
