"use server";

import { z } from "zod";
import { roleAction } from "@/lib/action";
import * as mutations from "./mutations";
import { draftSchema, publishSchema, rollBackSchema } from "./schema";

const nothing = z.undefined();

export const saveDraft = roleAction(["admin"], draftSchema, (draft, user) =>
  mutations.saveDraft(draft, user.id),
);
export const dropDraft = roleAction(["admin"], nothing, (_, user) => mutations.dropDraft(user.id));
export const publishMapping = roleAction(["admin"], publishSchema, (draft, user) =>
  mutations.publish(draft, user.id),
);
export const rollBack = roleAction(["admin"], rollBackSchema, (wanted, user) =>
  mutations.rollBack(wanted, user.id),
);
