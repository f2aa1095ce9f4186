import { expect, test } from "vitest";
import { newFormSchema, targetsSchema } from "@/lib/intake/schema";

test.each(["custom.leads:123", "custom.contacts:77", "phone", "ignored"])(
  "a form can say that a value goes to %s",
  (target) => {
    expect(targetsSchema.safeParse({ city: target }).success).toBe(true);
  },
);

test.each(["custom.course", "custom.companies:1", "custom.leads:", "id", ""])(
  "a form cannot say that a value goes to %j",
  (target) => {
    expect(targetsSchema.safeParse({ city: target }).success).toBe(false);
  },
);

test.each([
  ["https://school.example/contact", "https://school.example"],
  ["http://localhost:8080", "http://localhost:8080"],
  ["http://[::1]:3000/", "http://[::1]:3000"],
  ["https://школа.рф", "https://xn--80atdl2c.xn--p1ai"],
])("a form may be on %s", (origin, kept) => {
  expect(newFormSchema.parse({ name: "Site", origins: [origin], thanks: "" }).origins).toEqual([kept]);
});

test.each([
  "https://*",
  "https://*.school.example",
  "https://a;script-src",
  "https://a,b",
  "ftp://a",
  "school",
])("%s is no address of a site", (origin) => {
  const { error } = newFormSchema.safeParse({ name: "Site", origins: [origin], thanks: "" });
  expect(error?.issues.map(({ message }) => message)).toEqual(["origin_invalid"]);
});
