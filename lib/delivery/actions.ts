"use server";

import { roleAction } from "@/lib/action";
import { handBackLeads, resendLeads } from "./mutations";
import { seenLeadsSchema, settlementsSchema } from "./schema";
import { settleFound } from "./settle-found";

export const resend = roleAction(["admin", "head"], seenLeadsSchema, (leads, user) =>
  resendLeads(leads, user.id),
);
export const handBack = roleAction(["admin", "head"], seenLeadsSchema, (leads, user) =>
  handBackLeads(leads, user.id),
);
export const settle = roleAction(["admin"], settlementsSchema, (leads, user) => settleFound(leads, user.id));
