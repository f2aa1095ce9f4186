import { diceCoefficient } from "dice-coefficient";
import type { Catalogue, Field } from "@/lib/catalogue/schema";
import {
  contactFields,
  type MappableField,
  mappableFields,
  type Suggestion,
  type SuggestionKind,
} from "./schema";
import { toTarget } from "./to-target";
import { isFit, KNOWN_BY, toPlainWords } from "./words";

const LEAST_SCORE = 0.6;
const SCORES = { code: 1, name: 0.95, synonym: 0.85 };

type Match = { field: MappableField; found: Field; kind: SuggestionKind; score: number };

/**
 * For each of our fields the account's own field that it most likely means: by Kommo's code, by its exact name in four
 * languages, by what people call it, then by likeness. Each field of Kommo is suggested once, to whom it fits best.
 */
export function suggest({ fields }: Pick<Catalogue, "fields">): Suggestion[] {
  const matches = mappableFields
    .flatMap((field) => fields.flatMap((found) => toMatch(field, found) ?? []))
    .sort((a, b) => b.score - a.score);
  const taken: Match[] = [];
  for (const match of matches) {
    if (taken.some(({ field, found }) => field === match.field || found === match.found)) continue;
    taken.push(match);
  }
  return mappableFields.flatMap((field) => {
    const match = taken.find((candidate) => candidate.field === field);
    return match ? [{ field, target: toTarget(match.found), kind: match.kind, score: match.score }] : [];
  });
}

function toMatch(field: MappableField, found: Field): Match | undefined {
  const entity = contactFields.includes(field) ? "contacts" : "leads";
  if (found.entity !== entity || found.isComputed || !isFit(field, found.type)) return undefined;
  const known = KNOWN_BY[field];
  const rank = known.codes.indexOf(found.code?.toLowerCase() ?? "");
  // Where an account has both of two codes, the first one named is the better one.
  if (rank >= 0) return { field, found, kind: "code", score: SCORES.code - rank / 1000 };
  // A field with a code of Kommo's own is what the code says, whatever its name.
  if (isKnownCode(found.code)) return undefined;
  return toNamed(field, found, known);
}

function toNamed(
  field: MappableField,
  found: Field,
  known: { names: string[]; synonyms: string[] },
): Match | undefined {
  const name = toPlainWords(found.name);
  const names = known.names.map(toPlainWords);
  const synonyms = known.synonyms.map(toPlainWords);
  if (names.includes(name)) return { field, found, kind: "name", score: SCORES.name };
  if (synonyms.includes(name)) return { field, found, kind: "synonym", score: SCORES.synonym };
  const score = Math.max(...[...names, ...synonyms].map((word) => toLikeness(name, word))) * SCORES.synonym;
  return score < LEAST_SCORE * SCORES.synonym ? undefined : { field, found, kind: "similar", score };
}

/** Of the whole names, or of the known word with each word of the name, which counts a little less. */
function toLikeness(name: string, known: string): number {
  const words = name.split(" ").filter((word) => word.length > 2);
  const best = Math.max(0, ...words.map((word) => diceCoefficient(word, known)));
  return Math.max(diceCoefficient(name, known), best * 0.9);
}

function isKnownCode(code: string | null): boolean {
  const lower = code?.toLowerCase() ?? "";
  return Object.values(KNOWN_BY).some(({ codes }) => codes.includes(lower));
}
