import * as z from "zod/mini";
import { limitedText } from "@/lib/domain/text";

/** The message is a key of `factor.problems`. */
export const passwordProofSchema = z.object({
  password: limitedText(200, "password_wrong").check(z.minLength(1, "password_missing")),
});
export type PasswordProof = z.infer<typeof passwordProofSchema>;

/** How a person can prove who they are, the usual one first. */
export const proofWays = ["password", "totp", "passkey", "recovery", "signOn"] as const;
export type ProofWay = (typeof proofWays)[number];
