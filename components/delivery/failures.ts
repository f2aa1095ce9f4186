import type { Answer } from "@/components/server/call-server";

/** Each has a sentence in `delivery.failures` of messages/. */
const named = ["signed_out", "forbidden", "changed_meanwhile", "offline", "no_answer"] as const;
const ofFields = ["id_invalid", "id_taken"] as const;
export type Failure = (typeof named)[number] | (typeof ofFields)[number] | "failed";

export function toFailure(answer: Answer): Failure | undefined {
  if (answer.ok) return undefined;
  const codes = Object.values(answer.fields ?? {});
  return (
    ofFields.find((code) => codes.includes(code)) ?? named.find((code) => code === answer.code) ?? "failed"
  );
}
