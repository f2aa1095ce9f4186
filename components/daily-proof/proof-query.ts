import { callServer } from "@/components/server/call-server";
import { type ProofPage, proofPageSchema } from "@/lib/daily-proof/schema";

export const toProofKey = (day: string) => ["daily-proof", day];

/** Throws the code of a refusal as its message. */
export async function fetchProof(day: string): Promise<ProofPage> {
  const answer = await callServer({ route: { path: `/api/daily-proof?date=${day}`, method: "GET" } });
  if (!answer.ok) throw new Error(answer.code);
  return proofPageSchema.parse(answer.value);
}
