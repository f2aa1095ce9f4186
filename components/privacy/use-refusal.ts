import { useTranslations } from "next-intl";
import type { Answer } from "@/components/server/call-server";
import type { Refusal } from "@/components/ui/confirm";

const named = [
  "signed_out",
  "forbidden",
  "not_found",
  "being_sent",
  "proof_needed",
  "offline",
  "no_answer",
] as const;

/** What failed, in words. */
export function useRefusal(): (answer: Answer) => Refusal | undefined {
  const t = useTranslations("privacy.failures");
  return (answer) => {
    if (answer.ok) return undefined;
    return { sentence: t(named.find((name) => name === answer.code) ?? "failed") };
  };
}
