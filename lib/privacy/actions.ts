"use server";

import { roleAction } from "@/lib/action";
import { eraseLeads, keepLeads } from "./mutations";
import { erasureSchema, retentionSchema } from "./schema";

export const erase = roleAction(["admin"], erasureSchema, ({ ids }, user) => eraseLeads(ids, user.id));
export const setRetention = roleAction(["admin"], retentionSchema, ({ keepDays }, user) =>
  keepLeads(keepDays, user.id),
);
