import { act as answer } from "@/components/server/act";
import type { resend } from "@/lib/delivery/actions";

type Result = Awaited<ReturnType<typeof resend>>;

/** Each has a message in `delivery.failures` of messages/. */
const named = ["signed_out", "forbidden", "changed_meanwhile", "offline", "no_answer"] as const;
const ofFields = ["id_invalid", "id_taken"] as const;
export type Failure = (typeof named)[number] | (typeof ofFields)[number] | "failed";

export async function act(run: () => Promise<Result>): Promise<Failure | undefined> {
  const result = await answer(run);
  if (result.ok) return undefined;
  const said = Object.values(result.fields ?? {});
  return (
    ofFields.find((code) => said.includes(code)) ?? named.find((code) => code === result.code) ?? "failed"
  );
}
