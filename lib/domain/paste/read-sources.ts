import { findSource } from "@/lib/domain/paste/text/find-source";
import { type Chain, listChains } from "@/lib/domain/paste/text/list-chains";
import { ASIDE, blank, fill, type Sheet } from "@/lib/domain/paste/text/sheet";
import { connectors } from "@/lib/domain/paste/words/fillers";
import { isProfession } from "@/lib/domain/paste/words/is-profession";

/** After the label "Source" nothing else counts. */
export function readSources(sheet: Sheet): void {
  for (const { kind, start, end } of sheet.hints) {
    if (kind !== "source") continue;
    const isFound = listChains(sheet.left.slice(start, end), start).some((chain) => readChain(sheet, chain));
    if (!isFound) blank(sheet, start, end, ASIDE);
  }
  for (const chain of listChains(sheet.left)) readChain(sheet, chain);
}

function readChain(sheet: Sheet, { words }: Chain): boolean {
  const folded = words.map((word) => word.folded);
  for (const [at, word] of words.entries()) {
    const found = findSource(folded, at, sheet.spellings) ?? findJoined(word.folded, sheet);
    const last = words[at + (found?.length ?? 1) - 1];
    if (!found || !last || isPartOfJob(folded, at, at + found.length)) continue;
    if (sheet.fields.source !== undefined && sheet.fields.source !== found.name) return false;
    if (sheet.fields.source === undefined) fill(sheet, "source", found.name, word.start, last.end);
    else blank(sheet, word.start, last.end, ASIDE);
    dropConnectors(sheet, words.slice(0, at));
    return true;
  }
  return false;
}

/** "Яндекс.Директ", "телеграм-канал": one word in the text, two in the list. */
function findJoined(word: string, sheet: Sheet) {
  const parts = word.split(/[.-]/);
  if (parts.length < 2) return undefined;
  const found = findSource(parts, 0, sheet.spellings);
  return found?.length === parts.length ? { name: found.name, length: 1 } : undefined;
}

/** "web designer" and "специалист по сайтам" name a job, not a source. */
function isPartOfJob(words: readonly string[], from: number, to: number): boolean {
  const next = words[to] ?? "";
  const joins =
    ["of", "de", "по", "do", "da"].includes(words[from - 1] ?? "") && isProfession(words[from - 2] ?? "");
  return joins || (/^[a-z]/.test(words[from] ?? "") && /^[a-z]/.test(next) && isProfession(next));
}

function dropConnectors(sheet: Sheet, before: Chain["words"]): void {
  for (const word of before.toReversed()) {
    if (!connectors.has(word.folded)) return;
    blank(sheet, word.start, word.end);
  }
}
