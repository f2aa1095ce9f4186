import { describe, expect, test } from "vitest";
import { formLanguages } from "@/lib/domain/lead/fields";
import { findPublicLanguage, say, sayField } from "@/lib/domain/public-form/say";
import { en } from "@/lib/domain/public-form/words/en";
import { es } from "@/lib/domain/public-form/words/es";
import { pt } from "@/lib/domain/public-form/words/pt";
import { ru } from "@/lib/domain/public-form/words/ru";

const languages = { en, ru, es, pt };
const listPlaces = (text: string) => text.match(/\{\w+\}/g) ?? [];

describe.each(Object.entries(languages))("what visitors read in %s", (_, words) => {
  test("is complete, and has the same places to fill in", () => {
    const { fields, ...sentences } = words;
    const { fields: ofEnglish, ...english } = en;
    expect(Object.keys(sentences)).toEqual(Object.keys(english));
    expect(Object.keys(fields)).toEqual(Object.keys(ofEnglish));
    for (const text of [...Object.values(sentences), ...Object.values(fields)])
      expect(text.trim()).not.toBe("");
    expect(Object.values(sentences).map(listPlaces)).toEqual(Object.values(english).map(listPlaces));
  });
});

test("no sentence is left in another language", () => {
  const { fields: _, ...english } = en;
  for (const language of formLanguages.slice(1))
    for (const what of Object.keys(english) as (keyof typeof english)[])
      expect(say(what, language), what).not.toBe(english[what]);
  expect(sayField("phone", "ru")).toBe("Телефон");
});

test.each([
  ["pt-BR,pt;q=0.9,en;q=0.8", "pt"],
  ["fr-FR,es;q=0.5", "es"],
  ["ru", "ru"],
  ["zz", undefined],
  ["", undefined],
  ["russian", undefined],
  [null, undefined],
])("of %s the language is %s", (accepted, language) => {
  expect(findPublicLanguage(accepted)).toBe(language);
});
