import { type FormLanguage, formLanguages } from "@/lib/domain/lead/fields";
import { en, type Words } from "./words/en";
import { es } from "./words/es";
import { pt } from "./words/pt";
import { ru } from "./words/ru";

export type Said = Exclude<keyof Words, "fields">;
/** Our fields that a visitor can be asked for: the others say where the visitor came from. */
export type AskedField = keyof Words["fields"];
export const askedFields = Object.keys(en.fields) as AskedField[];

const LONGEST = 200;
const words: Record<FormLanguage, Words> = { en, ru, es, pt };

export function say(what: Said, language: FormLanguage): string {
  return words[language][what];
}

export function sayField(field: AskedField, language: FormLanguage): string {
  return words[language].fields[field];
}

/** The first of ours in a list such as `pt-BR,pt;q=0.9,en`; undefined where none is. */
export function findPublicLanguage(accepted: string | null | undefined): FormLanguage | undefined {
  const asked = (accepted ?? "")
    .slice(0, LONGEST)
    .toLowerCase()
    .match(/\b(?:en|ru|es|pt)\b/)?.[0];
  return formLanguages.find((one) => one === asked);
}
