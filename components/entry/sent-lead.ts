import { type FormLanguage, formLanguages, leadFields } from "@/lib/domain/lead/fields";
import type { TypedLead } from "./typed-lead";

const COMPARED_DIGITS = 10;

/** What was chosen, unless it was for another phone: its spelling may change. */
export function toChosenContact({ chosen, phone }: Pick<TypedLead, "chosen" | "phone">): number | undefined {
  const toEnd = (text: string) => text.replace(/\D/g, "").slice(-COMPARED_DIGITS);
  return chosen && toEnd(chosen.phone) === toEnd(phone) ? chosen.contact : undefined;
}

/** In which the form is shown. */
export function readFormLanguage(): FormLanguage | undefined {
  return formLanguages.find((language) => language === document.documentElement.lang);
}

/** The comment with the leftovers of a paste below it. */
export function toFullComment(comment: string, leftovers: readonly string[] = []): string {
  return [comment, ...leftovers].filter(Boolean).join("\n");
}

/** What was typed while the answer was on its way belongs to the next lead. */
export function toNextLead(typed: TypedLead, sent: TypedLead): Partial<TypedLead> {
  const later = leadFields.filter((field) => typed[field] !== sent[field]);
  const custom = Object.entries(typed.custom ?? {}).filter(
    ([key, value]) => !isSame(value, sent.custom?.[key]),
  );
  return {
    ...Object.fromEntries(later.map((field) => [field, typed[field]])),
    ...(custom.length > 0 && { custom: Object.fromEntries(custom) }),
    ...(!isSame(typed.leftovers, sent.leftovers) && { leftovers: typed.leftovers }),
    // They are never sent with a lead, not even by a press before their rows were to be seen.
    ...(typed.people?.[0] && { people: typed.people }),
  };
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
