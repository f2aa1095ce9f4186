"use server";

import { roleAction } from "@/lib/action";
import { discardLeads } from "@/lib/leads/mutations";
import { listChosenStuck, listChosenToCheck } from "./queries";
import { chosenSchema } from "./schema";

/** Of the chosen leads, those that wait for a person. */
export const listChosen = roleAction(["admin", "head"], chosenSchema, (chosen) => listChosenStuck(chosen));

/** Of the chosen leads, those that wait to be checked. Answers how many. */
export const discardChosen = roleAction(["admin", "head"], chosenSchema, async (chosen, user) =>
  discardLeads(await listChosenToCheck(chosen), user.id),
);
