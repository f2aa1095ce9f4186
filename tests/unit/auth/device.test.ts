import { expect, test } from "vitest";
import { createDeviceMark, parseDeviceMark } from "@/lib/auth/device";

const SECRET = "a secret of more than thirty-two bytes";
const EMAIL = "anna@example.com";

test("a device's mark is valid for its own person only", () => {
  const mark = createDeviceMark(EMAIL, SECRET);

  expect(parseDeviceMark(mark, EMAIL, SECRET)).toBe(mark.split(".")[0]);
  expect(parseDeviceMark(mark, "eve@example.com", SECRET)).toBeUndefined();
  expect(parseDeviceMark(mark, EMAIL, "another secret of thirty-two bytes")).toBeUndefined();
});

test.each([undefined, "", "x", "x.y", ".", `${"a".repeat(5000)}.b`, "a.b.c"])(
  "%j is not a valid mark",
  (mark) => {
    expect(parseDeviceMark(mark, EMAIL, SECRET)).toBeUndefined();
  },
);
