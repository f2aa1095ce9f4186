import { sql } from "kysely";
import { inChunks } from "@/lib/domain/in-chunks";
import { keyKinds } from "@/lib/domain/lead/search-keys";
import type { Db } from "./client";

const MIN_LENGTH = 3;
// SQLite takes at most 32,766 values in one statement.
const PARTS_AT_ONCE = 5000;

/** The suffixes of a word, so that a search in its middle is a search by prefix. */
function toNameParts(word: string): string[] {
  const letters = [...word];
  return letters.slice(1, 1 - MIN_LENGTH).map((_, index) => letters.slice(index + 1).join(""));
}

export async function saveNameParts(names: readonly string[], db: Db): Promise<void> {
  // In one order everywhere: two transactions that write the same words would otherwise wait for one another for ever.
  const parts = listWords(names)
    .sort()
    .flatMap((word) => toNameParts(word).map((part) => ({ part, word })));
  for (const some of inChunks(parts, PARTS_AT_ONCE)) {
    await db
      .insertInto("name_parts")
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Call it after leads were deleted or renamed. Removes the words that no lead has any more. */
export async function deleteNameParts(names: readonly string[], db: Db): Promise<void> {
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

/** A key that starts with a whole word continues with a space or ends. Both sort before this character. */
export const AFTER_WORD = "!";

function listWords(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => name.split(" ")))].filter((word) => word !== "");
}
