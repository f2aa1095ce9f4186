"use server";

import { roleAction } from "@/lib/action";
import { saveConsent as save } from "./mutations";
import { consentSettingsSchema } from "./schema";

export const saveConsent = roleAction(["admin"], consentSettingsSchema, (settings, user) =>
  save(settings, user.id),
);
