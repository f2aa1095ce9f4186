import { sql } from "kysely";
import { keyKinds } from "@/lib/domain/lead/search-keys";
import type { Db } from "./client";

const SHORTEST = 3;
// SQLite takes 32,766 values in one statement.
const PARTS_AT_ONCE = 5000;

/** The ends of a word, each of which begins with letters from the middle of it; its beginning is found by its key. */
export function toNameParts(word: string): string[] {
  const letters = [...word];
  return letters.slice(1, 1 - SHORTEST).map((_, index) => letters.slice(index + 1).join(""));
}

/** Makes the words of these names (`leads.name_key`) known by their parts. */
export async function learnWords(names: readonly string[], db: Db): Promise<void> {
  const parts = listWords(names).flatMap((word) => toNameParts(word).map((part) => ({ part, word })));
  for (let start = 0; start < parts.length; start += PARTS_AT_ONCE) {
    await db
      .insertInto("name_parts")
      .values(parts.slice(start, start + PARTS_AT_ONCE))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** After leads of these names went, or are called otherwise: a word that no lead has any more must not be left. */
export async function forgetWords(names: readonly string[], db: Db): Promise<void> {
  const words = listWords(names);
  if (words.length === 0) return;
  await db
    .deleteFrom("name_parts")
    .where("word", "in", words)
    .where(
      sql<boolean>`not exists (select 1 from lead_keys where key >= ${keyKinds.name} || word
        and key < ${keyKinds.name} || word || ${AFTER_WORD})`,
    )
    .execute();
}

/** Keys that begin with a word go on with a space or end: both come before this. */
export const AFTER_WORD = "!";

function listWords(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => name.split(" ")))].filter((word) => word !== "");
}
