"use server";

import { nothingSchema, roleAction } from "@/lib/action";
import { draftSchema, publishSchema, rollBackSchema } from "@/lib/domain/mapping/schema";
import * as mutations from "./mutations";
import * as publishing from "./publish-mapping";
import * as rollingBack from "./roll-back-mapping";

export const saveDraft = roleAction(["admin"], draftSchema, (draft, user) =>
  mutations.saveDraft(draft, user.id),
);
export const dropDraft = roleAction(["admin"], nothingSchema, (_, user) => mutations.dropDraft(user.id));
export const publishMapping = roleAction(["admin"], publishSchema, (draft, user) =>
  publishing.publishMapping(draft, user.id),
);
export const rollBack = roleAction(["admin"], rollBackSchema, (wanted, user) =>
  rollingBack.rollBackMapping(wanted, user.id),
);
