import { describe, expect, test } from "vitest";
import {
  listAlternativeContacts,
  listPublicFields,
  listShownFields,
} from "@/lib/domain/public-form/list-public-fields";
import { toFormHtml } from "@/lib/intake/form/to-form-html";
import { someRules } from "@/tests/support/forms";

const COURSE = {
  ...{ key: "leads:7", kind: "select" as const, former: [], required: true },
  label: { en: "Course", ru: "Курс" },
  help: { en: "", ru: "Один" },
  options: [
    { id: 1, value: "Spanish" },
    { id: 2, value: '"><script>' },
  ],
};
const names = (fields: { name: string }[]) => fields.map(({ name }) => name);

describe("the fields of the public form", () => {
  test("are those of the desk's first block that a visitor can answer, the comment last", () => {
    expect(names(listShownFields(someRules(), null, "en"))).toEqual([
      ...["phone", "name", "surname", "telegram", "comment"],
    ]);
  });

  test("follow the published form: order, names, what is hidden or required", () => {
    const rules = someRules({
      first: ["name", "phone", "email", "source"],
      more: [],
      hidden: ["name"],
      required: ["email"],
      labels: { email: { en: "Work e-mail", ru: "" } },
      custom: [COURSE],
    });
    const shown = listShownFields(rules, null, "es");

    expect(names(shown)).toEqual(["phone", "email", "leads:7"]);
    expect(shown[1]).toMatchObject({ label: "Work e-mail", isRequired: true, kind: "email" });
    expect(shown[2]).toMatchObject({ label: "Course", options: ["Spanish", '"><script>'] });
    expect(listShownFields(rules, null, "ru").at(-1)).toMatchObject({ label: "Курс", help: "Один" });
  });

  test("are what the admin chose, and always a contact", () => {
    const chosen = listShownFields(someRules(), ["name", "email", "gone"], "pt");
    expect(chosen).toMatchObject([
      { name: "name", label: "Nome", isRequired: false },
      { name: "email", isRequired: true },
    ]);
    expect(listShownFields(someRules(), ["name"], "en")).toMatchObject([
      { name: "phone", isRequired: true },
      { name: "name" },
    ]);
  });

  test("name the contacts of which one is enough, unless one is required", () => {
    const shown = listShownFields(someRules(), null, "en");
    expect(names(listAlternativeContacts(shown))).toEqual(["phone", "telegram"]);
    const required = listShownFields(someRules({ required: ["phone"] }), null, "en");
    expect(listAlternativeContacts(required)).toEqual([]);
  });

  test("never ask where the visitor came from", () => {
    const all = names(listPublicFields(someRules(), "en"));
    expect(all.filter((name) => /^(?:source|utm_|referrer)/.test(name))).toEqual([]);
  });
});

test("no word of an admin and nothing typed becomes markup; an https address of the consent becomes a link", () => {
  const html = toFormHtml({
    action: "https://desk.example/api/intake/k",
    language: "en",
    fields: listShownFields(someRules({ custom: [COURSE] }), null, "en"),
    consent: { version: 2, text: 'I agree <b>: https://a.example/x?y="z" and javascript:alert(1).' },
    hidden: [{ name: "page", value: "<img src=x>" }],
    typed: [{ name: "name", value: '"><script>alert(1)</script>' }],
    isAgain: false,
    data: { key: '"x' },
  });

  expect(html).not.toMatch(/<(?:script|img|b)\b/);
  expect(html.match(/<a /g)).toHaveLength(1);
  expect(html).toContain('<a href="https://a.example/x?y=" target="_blank" rel="noopener">');
  expect(html).toContain('value="2" required');
});
