import { STANDARD_LAYOUT } from "@/lib/domain/mapping/layout";
import type { FormFields } from "@/lib/domain/mapping/schema";

/** The rules of a form that nobody has changed. */
export function someRules(more: Partial<FormFields> = {}): FormFields {
  return {
    ...STANDARD_LAYOUT,
    ...{ start: "phone", required: [], labels: {}, alternatives: {} },
    ...{ custom: [], hidden: [], unsent: [], retired: [], sources: [] },
    ...{ isFreeSource: true, defaultCountry: "RU", holdSeconds: 10 },
    ...more,
  };
}
