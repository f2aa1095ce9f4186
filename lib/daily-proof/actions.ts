"use server";

import { roleAction } from "@/lib/action";
import { acceptDifference, askForProof } from "./mutations";
import { acceptedRowSchema, daySchema } from "./schema";

export const makeProofNow = roleAction(["admin", "head"], daySchema, (day) => askForProof(day));
export const acceptRow = roleAction(["admin", "head"], acceptedRowSchema, (id, user) =>
  acceptDifference(id, user.id),
);
