import type { Catalogue, Field } from "./catalogue";
import { FIELD_NAMES, isFit, toPlainWords } from "./field-names";
import {
  contactFields,
  mappableFields,
  type SuggestedField,
  type Suggestion,
  type SuggestionKind,
} from "./schema";
import { toTarget } from "./to-target";

const MIN_SCORE = 0.6;
const SCORES = { code: 1, name: 0.95, synonym: 0.85 };

type Match = { field: SuggestedField; found: Field; kind: SuggestionKind; score: number };

/** A name prepared for many comparisons: its plain words, and the letter pairs of the whole name and of each word. */
type Name = { plain: string; pairs: Set<string>; wordPairs: Set<string>[] };

type Known = { field: SuggestedField; codes: string[]; names: Name[]; synonyms: Name[] };

const SUGGESTED: SuggestedField[] = [...mappableFields, "reference"];

const KNOWN: Known[] = SUGGESTED.map((field) => {
  const { codes, names, synonyms } = FIELD_NAMES[field];
  return { field, codes, names: names.map(toName), synonyms: synonyms.map(toName) };
});

/**
 * Kommo's codes win over exact names in four languages, then synonyms, then similar names. Each field of Kommo is
 * suggested once, for the best match.
 */
export function suggestTargets({ fields }: Pick<Catalogue, "fields">): Suggestion[] {
  const matches = fields
    .flatMap((found) => {
      const name = toName(found.name);
      return KNOWN.flatMap((known) => toMatch(known, found, name) ?? []);
    })
    .sort((a, b) => b.score - a.score);
  const taken: Match[] = [];
  for (const match of matches) {
    if (taken.some(({ field, found }) => field === match.field || found === match.found)) continue;
    taken.push(match);
  }
  return SUGGESTED.flatMap((field) => {
    const match = taken.find((candidate) => candidate.field === field);
    return match ? [{ field, target: toTarget(match.found), kind: match.kind, score: match.score }] : [];
  });
}

function toMatch(known: Known, found: Field, name: Name): Match | undefined {
  const { field, codes } = known;
  const entity = contactFields.some((known) => known === field) ? "contacts" : "leads";
  if (found.entity !== entity || found.isComputed || !isFit(field, found.type)) return undefined;
  const rank = codes.indexOf(found.code?.toLowerCase() ?? "");
  // If an account has fields with both codes, the first code wins.
  if (rank >= 0) return { field, found, kind: "code", score: SCORES.code - rank / 1000 };
  // A field with one of Kommo's own codes means what the code says, whatever its name is.
  return isKnownCode(found.code) ? undefined : toNamed(known, found, name);
}

function toNamed({ field, names, synonyms }: Known, found: Field, name: Name): Match | undefined {
  const hasName = ({ plain }: Name) => plain === name.plain;
  if (names.some(hasName)) return { field, found, kind: "name", score: SCORES.name };
  if (synonyms.some(hasName)) return { field, found, kind: "synonym", score: SCORES.synonym };
  if (field === "reference") return undefined;
  const score = Math.max(...[...names, ...synonyms].map((known) => toLikeness(name, known))) * SCORES.synonym;
  return score < MIN_SCORE * SCORES.synonym ? undefined : { field, found, kind: "similar", score };
}

/** Compares the whole names, and the known name with each word. A single word counts a little less. */
function toLikeness(name: Name, { pairs }: Name): number {
  const best = Math.max(0, ...name.wordPairs.map((word) => toDice(word, pairs)));
  return Math.max(toDice(name.pairs, pairs), best * 0.9);
}

/** Sørensen-Dice coefficient. 0 without comparing when the sizes are too different. */
function toDice(one: Set<string>, other: Set<string>): number {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  const sum = few.size + many.size;
  if (sum === 0 || (2 * few.size) / sum < MIN_SCORE) return 0;
  let common = 0;
  for (const pair of few) if (many.has(pair)) common++;
  return (2 * common) / sum;
}

function toName(text: string): Name {
  const plain = toPlainWords(text);
  const words = plain.split(" ").filter((word) => word.length > 2);
  return { plain, pairs: toPairs(plain), wordPairs: words.map(toPairs) };
}

function toPairs(text: string): Set<string> {
  const length = Math.max(0, text.length - 1);
  return new Set(Array.from({ length }, (_, index) => text.slice(index, index + 2)));
}

function isKnownCode(code: string | null): boolean {
  const lower = code?.toLowerCase() ?? "";
  return lower !== "" && KNOWN.some(({ codes }) => codes.includes(lower));
}
