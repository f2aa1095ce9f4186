"use server";

import { roleAction } from "@/lib/action";
import { resendLeads, settleLead } from "./mutations";
import { seenLeadsSchema, settlementSchema } from "./schema";

export const resend = roleAction(["admin", "head"], seenLeadsSchema, (leads, user) =>
  resendLeads(leads, user.id),
);
export const settle = roleAction(["admin"], settlementSchema, (lead, user) => settleLead(lead, user.id));
