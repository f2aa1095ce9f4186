"use server";

import { nothingSchema, proofAction } from "@/lib/action";
import { codeSchema, passkeyAnswerSchema } from "@/lib/second-factor/schema";
import { proveWithCode, proveWithPasskey, proveWithPassword, startPasskeyProof } from "./prove";
import { listProofWays } from "./queries";
import { passwordProofSchema } from "./schema";

export const listOwnWays = proofAction(nothingSchema, (_, { user, waitsFor }) =>
  listProofWays(user.id, waitsFor === null),
);
export const proveByCode = proofAction(codeSchema, (typed, holder) => proveWithCode(typed, holder));
export const proveByPassword = proofAction(passwordProofSchema, (typed, holder) =>
  proveWithPassword(typed, holder),
);
export const askForPasskey = proofAction(nothingSchema, (_, holder) => startPasskeyProof(holder));
export const proveByPasskey = proofAction(passkeyAnswerSchema, (answer, holder) =>
  proveWithPasskey(answer, holder),
);
