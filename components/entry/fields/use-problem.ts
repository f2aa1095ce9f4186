import { useTranslations } from "next-intl";
import type { Alternatives, FormFields } from "@/lib/domain/mapping/schema";
import { useInputLabel } from "./use-input-label";

/** Words for what is wrong with a field, by the key that a check or the server names. */
export function useProblem(
  rules: Pick<FormFields, "custom" | "labels" | "alternatives">,
): (key: string | undefined) => string | undefined {
  const t = useTranslations("lead.problems");
  const toLabel = useInputLabel(rules);
  return (key) => {
    const fields = rules.alternatives[key as keyof Alternatives];
    if (fields) return fields[1] ? t("one_of", { fields: fields.map(toLabel).join(", ") }) : t("required");
    return key && t(t.has(key) ? key : "other");
  };
}
