import type { resend } from "@/lib/outbox/actions";

const WAIT_MS = 15_000;

type Result = Awaited<ReturnType<typeof resend>>;

/** Each has a sentence in `delivery.failures` of messages/. */
const named = ["signed_out", "forbidden", "changed_meanwhile"] as const;
const ofFields = ["id_invalid", "id_taken"] as const;
export type Failure = (typeof named)[number] | (typeof ofFields)[number] | "offline" | "no_answer" | "failed";

/** Never throws: an action without network, or from before a deployment, fails in words too. */
export async function act(run: () => Promise<Result>): Promise<Failure | undefined> {
  try {
    return toFailure(await Promise.race([run(), wait()]));
  } catch (error) {
    // A fetch without a connection throws a TypeError.
    return error instanceof TypeError ? "offline" : "failed";
  }
}

function wait(): Promise<"no_answer"> {
  return new Promise((resolve) => setTimeout(resolve, WAIT_MS, "no_answer"));
}

function toFailure(result: Result | "no_answer"): Failure | undefined {
  if (result === "no_answer") return result;
  if (result.ok) return undefined;
  const said = Object.values(result.fields ?? {});
  return (
    ofFields.find((code) => said.includes(code)) ?? named.find((code) => code === result.code) ?? "failed"
  );
}
