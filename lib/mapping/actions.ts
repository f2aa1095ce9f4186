"use server";

import { z } from "zod";
import { roleAction } from "@/lib/action";
import * as mutations from "./mutations";
import { draftSchema } from "./schema";

const nothing = z.undefined();

export const saveDraft = roleAction(["admin"], draftSchema, (draft, user) =>
  mutations.saveDraft(draft, user.id),
);
export const dropDraft = roleAction(["admin"], nothing, (_, user) => mutations.dropDraft(user.id));
