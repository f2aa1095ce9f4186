import { useTranslations } from "next-intl";
import type { Refusal } from "@/components/ui/confirm";
import type { erase } from "@/lib/privacy/actions";

const WAIT_MS = 15_000;
const named = ["signed_out", "forbidden", "not_found", "being_sent", "offline", "no_answer"] as const;

type Result = Awaited<ReturnType<typeof erase>>;

/** Runs an action and returns a failure in words. Never throws. */
export function useAct(): (run: () => Promise<Result>) => Promise<Refusal | undefined> {
  const t = useTranslations("privacy.failures");

  return async (run) => {
    const code = await toCode(run);
    if (code === undefined) return undefined;
    return { sentence: t(named.find((name) => name === code) ?? "failed") };
  };
}

async function toCode(run: () => Promise<Result>): Promise<string | undefined> {
  const late = new Promise<"no_answer">((resolve) => setTimeout(resolve, WAIT_MS, "no_answer"));
  try {
    const result = await Promise.race([run(), late]);
    if (result === "no_answer") return result;
    return result.ok ? undefined : result.code;
  } catch (error) {
    // A fetch without a connection throws a TypeError.
    return error instanceof TypeError ? "offline" : "failed";
  }
}
