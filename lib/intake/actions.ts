"use server";

import { provenAction, roleAction } from "@/lib/action";
import {
  addSecret,
  changeForm,
  changeTargets,
  createForm,
  pauseForm,
  removeSecret,
  resumeForm,
  rotateKey,
} from "./mutations";
import {
  changedFormSchema,
  changedTargetsSchema,
  formIdSchema,
  newFormSchema,
  newSecretSchema,
} from "./schema";

export const addForm = roleAction(["admin"], newFormSchema, (form, user) => createForm(form, user.id));
export const editForm = roleAction(["admin"], changedFormSchema, (form, user) => changeForm(form, user.id));
export const editTargets = roleAction(["admin"], changedTargetsSchema, (targets, user) =>
  changeTargets(targets, user.id),
);
export const pause = roleAction(["admin"], formIdSchema, (id, user) => pauseForm(id, user.id));
export const resume = roleAction(["admin"], formIdSchema, (id, user) => resumeForm(id, user.id));
export const replaceKey = provenAction(["admin"], formIdSchema, (id, user) => rotateKey(id, user.id));
export const makeSecret = provenAction(["admin"], newSecretSchema, (secret, user) =>
  addSecret(secret, user.id),
);
export const dropSecret = provenAction(["admin"], formIdSchema, (id, user) => removeSecret(id, user.id));
