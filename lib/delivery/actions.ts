"use server";

import { roleAction } from "@/lib/action";
import { resendLeads } from "./mutations";
import { seenLeadsSchema, settlementSchema } from "./schema";
import { settleFound } from "./settle-found";

export const resend = roleAction(["admin", "head"], seenLeadsSchema, (leads, user) =>
  resendLeads(leads, user.id),
);
export const settle = roleAction(["admin"], settlementSchema, (lead, user) => settleFound(lead, user.id));
