import { ASIDE, blank, type Hint, type Sheet, USED } from "@/lib/domain/paste/text/sheet";
import { labels } from "@/lib/domain/paste/words/labels";

const kinds = new Map(Object.entries(labels).flatMap(([kind, words]) => words.map((word) => [word, kind])));
const words = [...kinds.keys()].sort((a, b) => b.length - a.length).map(toPattern);
const LABEL = new RegExp(
  `(?<![\\p{L}\\p{N}_.@/-])(?:item\\d\\.)?(${words.join("|")})(?:;[A-Z0-9=,;"-]{1,60})?(?: ?\\*)?(?: ?[:=]|(?<=(?:^|\\n)[^\\n]{0,30})(?: [-–—] |\\t))`,
  "giu",
);
const VALUE_END = /[\n\t;|\ue000\ue001]|&(?=[\p{L}_]+=)/u;
// After these labels a comma is part of the value: "Thompson, Laura", "1,500".
const KEEPS_COMMAS = ["full", "income", "phone", "comment"];

/** Labels without a field become leftovers. */
export function readLabels(sheet: Sheet): void {
  const found = [...sheet.left.matchAll(LABEL)].filter((match) => isApart(match, sheet.left));
  sheet.hints = found.map((match, at): Hint => {
    const kind = kinds.get(match[1]?.toLowerCase() ?? "") ?? "other";
    const start = match.index + match[0].length;
    const rest = sheet.left.slice(start, found[at + 1]?.index);
    const hard = rest.search(VALUE_END);
    const value = hard < 0 ? rest : rest.slice(0, hard);
    const comma = KEEPS_COMMAS.includes(kind) ? -1 : value.search(/,(?!\d)/);
    return { kind, start, end: start + (comma < 0 ? value.length : comma) };
  });
  for (const [at, match] of found.entries()) {
    const by = ["other", "foreign"].includes(sheet.hints[at]?.kind ?? "") ? ASIDE : USED;
    blank(sheet, match.index, match.index + match[0].length, by);
  }
}

/** After a name, as in "Ann Price - architect", a word with a dash is not a label. */
function isApart({ 0: label, index }: RegExpExecArray, text: string): boolean {
  return !/[-–—] $/.test(label) || !/[\p{L}\p{N}] +$/u.test(text.slice(0, index));
}

function toPattern(word: string): string {
  return word.replaceAll(/[.()/*]/g, "\\$&");
}
