"use server";

import { roleAction } from "@/lib/action";
import { pauseSending, probeNow, resendLeads, resumeSending, settleLead } from "./mutations";
import { nothingSchema, seenLeadsSchema, settlementSchema } from "./schema";

export const pauseDelivery = roleAction(["admin"], nothingSchema, (_, user) => pauseSending(user.id));
export const resumeDelivery = roleAction(["admin"], nothingSchema, (_, user) => resumeSending(user.id));
export const tryConnection = roleAction(["admin"], nothingSchema, (_, user) => probeNow(user.id));
export const resend = roleAction(["admin", "head"], seenLeadsSchema, (leads, user) =>
  resendLeads(leads, user.id),
);
export const settle = roleAction(["admin"], settlementSchema, (lead, user) => settleLead(lead, user.id));
