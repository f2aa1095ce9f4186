"use server";

import { userAction } from "@/lib/action";
import { leadIdSchema, leadSchema } from "@/lib/domain/lead/schema";
import {
  correctLead as correct,
  createLead,
  sendNow as hurry,
  pauseHold as pause,
  resumeHold as resume,
  withdrawLead as withdraw,
} from "./mutations";

export const submitLead = userAction(leadSchema, (lead, user) => createLead(lead, user.id));
export const correctLead = userAction(leadSchema, (lead, user) => correct(lead, user.id));
export const withdrawLead = userAction(leadIdSchema, (id, user) => withdraw(id, user.id));
export const sendNow = userAction(leadIdSchema, (id, user) => hurry(id, user.id));
export const pauseHold = userAction(leadIdSchema, (id, user) => pause(id, user.id));
export const resumeHold = userAction(leadIdSchema, (id, user) => resume(id, user.id));
