"use server";

import { roleAction } from "@/lib/action";
import { eraseLeads, saveRetention } from "./mutations";
import { erasureSchema, retentionSchema } from "./schema";

export const erase = roleAction(["admin"], erasureSchema, ({ ids }, user) => eraseLeads(ids, user.id));
export const setRetention = roleAction(["admin"], retentionSchema, ({ keepDays }, user) =>
  saveRetention(keepDays, user.id),
);
