"use server";

import { openAction } from "@/lib/action";
import { createFirstAdmin } from "./mutations";
import { firstAdminSchema } from "./schema";

export const setUp = openAction(firstAdminSchema, (admin) => createFirstAdmin(admin));
