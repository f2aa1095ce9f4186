"use server";

import { roleAction } from "@/lib/action";
import * as mutations from "./mutations";
import { switchSchema } from "./schema";

export const switchAttaching = roleAction(["admin"], switchSchema, (isOn, user) =>
  mutations.switchAttaching(isOn, user.id),
);
