import type { Answer } from "@/components/server/call-server";

/** Each has a sentence in `delivery.failures` of messages/. */
const named = ["signed_out", "forbidden", "changed_meanwhile", "offline", "no_answer"] as const;
const ofFields = ["id_invalid", "id_taken", "id_unknown", "kommo_silent", "reading_forbidden"] as const;
export type Failure = (typeof named)[number] | (typeof ofFields)[number] | "failed";

export function toFailure(answer: Answer): Failure | undefined {
  if (answer.ok) return undefined;
  return toKnownFailure([...Object.values(answer.fields ?? {}), answer.code]);
}

/** The first of the codes that has a sentence. */
export function toKnownFailure(codes: string[]): Failure {
  return [...ofFields, ...named].find((code) => codes.includes(code)) ?? "failed";
}
