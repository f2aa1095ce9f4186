"use server";

import { factorAction, nothingSchema, provenAction } from "@/lib/action";
import { personIdSchema, roles } from "@/lib/people/schema";
import * as mutations from "./mutations";
import * as passkeys from "./passkeys";
import {
  confirmedTotpSchema,
  factorRulesSchema,
  newPasskeySchema,
  passkeyIdSchema,
  renamedPasskeySchema,
} from "./schema";

export const startTotp = factorAction(nothingSchema, async (_, { user }) => mutations.startTotp(user));
export const confirmTotp = factorAction(confirmedTotpSchema, (typed, { user, session }) =>
  mutations.confirmTotp(typed, { id: user.id, session }),
);
export const startPasskey = factorAction(nothingSchema, (_, { user, session }) =>
  passkeys.startPasskey(user, session),
);
export const addPasskey = factorAction(newPasskeySchema, (made, { user, session }) =>
  passkeys.addPasskey(made, { id: user.id, session }),
);
export const renamePasskey = provenAction(roles, renamedPasskeySchema, (renamed, user) =>
  passkeys.renamePasskey(renamed, user.id),
);
export const removePasskey = provenAction(roles, passkeyIdSchema, (id, user) =>
  passkeys.removePasskey(id, user),
);
export const renewCodes = provenAction(roles, nothingSchema, (_, user) => mutations.renewCodes(user.id));
export const removeTotp = provenAction(roles, nothingSchema, (_, user) => mutations.removeTotp(user));
export const resetFactors = provenAction(["admin"], personIdSchema, (id, by) =>
  mutations.resetFactors(id, by.id),
);
export const saveFactorRules = provenAction(["admin"], factorRulesSchema, (rules, by) =>
  mutations.saveFactorRules(rules, by.id),
);
