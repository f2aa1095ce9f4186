"use server";

import { nothingSchema, roleAction, userAction } from "@/lib/action";
import { routingDraftSchema, routingRollBackSchema, userIdSchema } from "@/lib/domain/routing/schema";
import * as mutations from "./mutations";
import { tryOnLastWeek } from "./queries";
import { ownPauseSchema, pauseSchema, trialSchema, userChoiceSchema } from "./schema";

const ADMIN = ["admin"] as const;
const HEADS = ["head", "admin"] as const;

export const keepRoutingDraft = roleAction(ADMIN, routingDraftSchema, (draft, user) =>
  mutations.saveRoutingDraft(draft, user.id),
);
export const discardRoutingDraft = roleAction(ADMIN, nothingSchema, (_, user) =>
  mutations.dropRoutingDraft(user.id),
);
export const publishRules = roleAction(ADMIN, routingDraftSchema, (draft, user) =>
  mutations.publishRouting(draft, user.id),
);
export const rollBackRules = roleAction(ADMIN, routingRollBackSchema, (wanted, user) =>
  mutations.rollBackRouting(wanted, user.id),
);
export const tryRules = roleAction(ADMIN, trialSchema, ({ routing }) => tryOnLastWeek(routing));
export const pauseLeadsOf = roleAction(HEADS, pauseSchema, (pause, user) =>
  mutations.pauseRecipient(pause, user.id),
);
export const pauseMyLeads = userAction(ownPauseSchema, (isPaused, user) =>
  mutations.pauseOwnLeads(isPaused, user.id),
);
export const tryRecipientAgain = roleAction(HEADS, userIdSchema, (userId, user) =>
  mutations.clearRefusal(userId, user.id),
);
export const chooseKommoUser = roleAction(ADMIN, userChoiceSchema, (choice, user) =>
  mutations.saveKommoUser(choice, user.id),
);
