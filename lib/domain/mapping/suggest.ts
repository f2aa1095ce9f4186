import type { Catalogue, Field } from "./catalogue";
import { isFit, KNOWN_BY, toPlainWords } from "./field-names";
import {
  contactFields,
  mappableFields,
  type SuggestedField,
  type Suggestion,
  type SuggestionKind,
} from "./schema";
import { toTarget } from "./to-target";

const LEAST_SCORE = 0.6;
const SCORES = { code: 1, name: 0.95, synonym: 0.85 };

type Match = { field: SuggestedField; found: Field; kind: SuggestionKind; score: number };

/** A name made ready to be compared with many others: as plain words, and the pairs of letters of the whole and of each word. */
type Name = { plain: string; pairs: Set<string>; wordPairs: Set<string>[] };

type Known = { field: SuggestedField; codes: string[]; names: Name[]; synonyms: Name[] };

const SUGGESTED: SuggestedField[] = [...mappableFields, "reference"];

const KNOWN: Known[] = SUGGESTED.map((field) => {
  const { codes, names, synonyms } = KNOWN_BY[field];
  return { field, codes, names: names.map(toName), synonyms: synonyms.map(toName) };
});

/**
 * For each of our fields the account's own field that it most likely means: by Kommo's code, by its exact name in four
 * languages, by what people call it, then by likeness. Each field of Kommo is suggested once, to whom it fits best.
 */
export function suggest({ fields }: Pick<Catalogue, "fields">): Suggestion[] {
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
  // Where an account has both of two codes, the first one named is the better one.
  if (rank >= 0) return { field, found, kind: "code", score: SCORES.code - rank / 1000 };
  // A field with a code of Kommo's own is what the code says, whatever its name.
  return isKnownCode(found.code) ? undefined : toNamed(known, found, name);
}

function toNamed({ field, names, synonyms }: Known, found: Field, name: Name): Match | undefined {
  const isCalled = ({ plain }: Name) => plain === name.plain;
  if (names.some(isCalled)) return { field, found, kind: "name", score: SCORES.name };
  if (synonyms.some(isCalled)) return { field, found, kind: "synonym", score: SCORES.synonym };
  if (field === "reference") return undefined;
  const score = Math.max(...[...names, ...synonyms].map((known) => toLikeness(name, known))) * SCORES.synonym;
  return score < LEAST_SCORE * SCORES.synonym ? undefined : { field, found, kind: "similar", score };
}

/** Of the whole names, or of the known one with each word of the name, which counts a little less. */
function toLikeness(name: Name, { pairs }: Name): number {
  const best = Math.max(0, ...name.wordPairs.map((word) => toDice(word, pairs)));
  return Math.max(toDice(name.pairs, pairs), best * 0.9);
}

/** The share of pairs that two words have in common (Sørensen-Dice); 0 at once where their lengths leave too little for it. */
function toDice(one: Set<string>, other: Set<string>): number {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  const sum = few.size + many.size;
  if (sum === 0 || (2 * few.size) / sum < LEAST_SCORE) return 0;
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
