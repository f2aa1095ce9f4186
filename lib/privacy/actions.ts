"use server";

import { provenAction } from "@/lib/action";
import { eraseLeads, saveRetention } from "./mutations";
import { erasureSchema, retentionSchema } from "./schema";

export const erase = provenAction(["admin"], erasureSchema, ({ ids }, user) => eraseLeads(ids, user.id));
export const setRetention = provenAction(["admin"], retentionSchema, ({ keepDays }, user) =>
  saveRetention(keepDays, user.id),
);
