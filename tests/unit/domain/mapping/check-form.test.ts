import { expect, test } from "vitest";
import { checkForm } from "@/lib/domain/mapping/check-form";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aField, aMapping, PHONE } from "@/tests/support/catalogues";

const hidden = { isHidden: true };
const named = (en: string, ru = "") => ({ label: { en, ru } });
const city = toTarget(aField({ id: 503, name: "Город" }));
const custom = [{ key: "leads:503", target: city, label: { en: "City", ru: "Город" } }];

test("a form that nobody has changed is right, and so is one with other names", () => {
  expect(checkForm(aMapping())).toEqual([]);
  expect(checkForm(aMapping({ custom, ownFields: { phone: named("Mobile", "Мобильный") } }))).toEqual([]);
});

test.each<[string, object, object]>([
  [
    "without a name and a surname",
    { ownFields: { name: hidden, surname: hidden } },
    { place: "form-name", code: "names_hidden" },
  ],
  [
    "without a phone, Telegram and e-mail",
    { ownFields: { phone: hidden, telegram: hidden, email: hidden } },
    { place: "form-phone", code: "contacts_hidden" },
  ],
  [
    "without a phone, where Kommo gets neither of the others",
    { fields: { phone: toTarget(PHONE) }, parkIn: null, ownFields: { phone: hidden } },
    { place: "form-phone", code: "contacts_hidden" },
  ],
  [
    "with nothing above More",
    {
      layout: { first: ["phone"], more: ["name", "surname", "telegram", "source", "comment"] },
      ownFields: { phone: hidden },
    },
    { place: "form-phone", code: "first_empty" },
  ],
  [
    "with the usual name of another field",
    { ownFields: { name: named("  TELEGRAM ") } },
    { place: "form-name", code: "label_twice", values: { name: "TELEGRAM" } },
  ],
  [
    "with the name of a field of Kommo's",
    { custom, ownFields: { source: named("", "город") } },
    { place: "form-source", code: "label_twice", values: { name: "город" } },
  ],
])("a form %s is refused in words", (_, more, check) => {
  expect(checkForm(aMapping(more))).toMatchObject([{ ...check, severity: "error" }]);
});

test("the name of a field that is off the form is free", () => {
  expect(checkForm(aMapping({ ownFields: { email: hidden, telegram: named("Email") } }))).toEqual([]);
});

test("of two renamed fields both are marked", () => {
  const both = checkForm(aMapping({ ownFields: { name: named("Who"), surname: named("who") } }));

  expect(both.map(({ place }) => place)).toEqual(["form-name", "form-surname"]);
});
