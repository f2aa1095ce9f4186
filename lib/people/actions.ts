"use server";

import { openAction, passwordAction, provenAction } from "@/lib/action";
import {
  changePerson,
  createFirstAdmin,
  createPerson,
  createResetLink,
  disablePerson,
  enablePerson,
  endAllSessions,
  linkSignOn,
} from "./mutations";
import { isOtherRole } from "./queries";
import {
  changedPersonSchema,
  firstAdminSchema,
  linkRequestSchema,
  newPersonSchema,
  personIdSchema,
} from "./schema";

const ADMIN = ["admin"] as const;

export const setUp = passwordAction(openAction(firstAdminSchema, (admin) => createFirstAdmin(admin)));
export const addPerson = provenAction(ADMIN, newPersonSchema, (person, by) => createPerson(person, by.id));
export const editPerson = provenAction(
  ADMIN,
  changedPersonSchema,
  (person, by) => changePerson(person, by.id),
  (person) => isOtherRole(person),
);
export const disable = provenAction(ADMIN, personIdSchema, (id, by) => disablePerson(id, by.id));
export const enable = provenAction(ADMIN, personIdSchema, (id, by) => enablePerson(id, by.id));
export const makeResetLink = passwordAction(
  provenAction(ADMIN, personIdSchema, (id, by) => createResetLink(id, by.id)),
);
export const linkSubject = provenAction(ADMIN, linkRequestSchema, (request, by) =>
  linkSignOn(request, by.id),
);
export const endSessionsOf = provenAction(ADMIN, personIdSchema, (id, by) => endAllSessions(id, by.id));
