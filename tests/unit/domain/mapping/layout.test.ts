import { expect, test } from "vitest";
import { leadFields } from "@/lib/domain/lead/fields";
import { moveField, STANDARD_LAYOUT, toLayout } from "@/lib/domain/mapping/layout";

test("a layout of nothing is the usual one", () => {
  expect(toLayout({ first: [], more: [] })).toEqual(STANDARD_LAYOUT);
  expect(toLayout(STANDARD_LAYOUT)).toEqual(STANDARD_LAYOUT);
});

test("each field is there once, and the phone is in the first block", () => {
  const { first, more } = toLayout({ first: ["email", "email", "name"], more: ["phone", "name", "source"] });

  expect(first).toEqual(["email", "name", "phone", "surname", "telegram", "comment"]);
  expect(more[0]).toBe("source");
  expect([...first, ...more].toSorted()).toEqual([...leadFields].toSorted());
});

test("a field moves by one place, and over the border of the blocks", () => {
  expect(moveField(STANDARD_LAYOUT, "name", -1)?.first.slice(0, 2)).toEqual(["name", "phone"]);
  expect(moveField(STANDARD_LAYOUT, "comment", 1)).toEqual({
    first: ["phone", "name", "surname", "telegram", "source"],
    more: ["comment", ...STANDARD_LAYOUT.more],
  });
  expect(moveField(STANDARD_LAYOUT, "email", -1)?.first.at(-1)).toBe("email");
});

test("the ends stay, and the phone does not leave the first block", () => {
  expect(moveField(STANDARD_LAYOUT, "phone", -1)).toBeUndefined();
  expect(moveField(STANDARD_LAYOUT, "referrer", 1)).toBeUndefined();
  const more = leadFields.filter((field) => field !== "phone");
  expect(moveField({ first: ["phone"], more }, "phone", 1)).toBeUndefined();
});
