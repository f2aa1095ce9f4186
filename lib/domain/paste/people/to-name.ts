import { toNameCase } from "@/lib/domain/lead/name-case";
import type { Word } from "@/lib/domain/paste/text/list-chains";

/** Names in all lower or all upper case are capitalised, except particles. */
export function toName(words: readonly Word[]): string {
  return toNameCase(words.map(({ raw }) => raw).join(" "));
}
