"use server";

import { roleAction, userAction } from "@/lib/action";
import { checkedSchema, correctionSchema, leadIdSchema, leadSchema } from "@/lib/domain/lead/schema";
import {
  correctLead as correct,
  createLead,
  decideChecked as decide,
  sendNow as hurry,
  pauseHold as pause,
  resumeHold as resume,
  withdrawLead as withdraw,
} from "./mutations";

export const submitLead = userAction(leadSchema, (lead, user) => createLead(lead, user.id));
export const correctLead = userAction(correctionSchema, (lead, user) => correct(lead, user.id));
export const withdrawLead = userAction(leadIdSchema, (id, user) => withdraw(id, user.id));
export const sendNow = userAction(leadIdSchema, (id, user) => hurry(id, user.id));
export const pauseHold = userAction(leadIdSchema, (id, user) => pause(id, user.id));
export const resumeHold = userAction(leadIdSchema, (id, user) => resume(id, user.id));
export const decideChecked = roleAction(["admin", "head"], checkedSchema, (checked, user) =>
  decide(checked, user.id),
);
