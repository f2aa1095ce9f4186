"use server";

import { userAction } from "@/lib/action";
import { createLead } from "./mutations";
import { leadSchema } from "./schema";

export const submitLead = userAction(leadSchema, (lead, user) => createLead(lead, user.id));
