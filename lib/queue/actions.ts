"use server";

import { nothingSchema, roleAction } from "@/lib/action";
import { pauseSending, probeNow, resumeSending } from "./mutations";

export const pauseDelivery = roleAction(["admin"], nothingSchema, (_, user) => pauseSending(user.id));
export const resumeDelivery = roleAction(["admin"], nothingSchema, (_, user) => resumeSending(user.id));
export const tryConnection = roleAction(["admin"], nothingSchema, (_, user) => probeNow(user.id));
