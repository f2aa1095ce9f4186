"use client";

import { useTranslations } from "next-intl";
import type { publishMapping } from "@/lib/mapping/actions";

// Refreshes and test leads wait for a request slot, and then for Kommo.
const WAIT_MS = 60_000;

type Result = Awaited<ReturnType<typeof publishMapping>>;

/** The error code. Never throws: a missing network and an action from before a deployment have codes too. */
export async function act(run: () => Promise<Result>): Promise<string | undefined> {
  const result = await answerOf(run);
  return result.ok ? undefined : result.code;
}

type Answer = { ok: true } | { ok: false; code: string; fields?: Record<string, string> };

export async function answerOf(run: () => Promise<Result>): Promise<Answer> {
  try {
    return await Promise.race([run(), wait()]);
  } catch (error) {
    // A fetch without a connection throws a TypeError.
    return { ok: false, code: error instanceof TypeError ? "offline" : "failed" };
  }
}

function wait(): Promise<Answer> {
  return new Promise((resolve) => setTimeout(resolve, WAIT_MS, { ok: false, code: "no_answer" }));
}

/** A message for each code: what happened and what to do. */
export function useFailureWords(): (code: string) => string {
  const t = useTranslations("kommo.failures");
  return (code) => t(t.has(code) ? code : "failed");
}
