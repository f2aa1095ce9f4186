import { expect, test } from "vitest";
import { targetsSchema } from "@/lib/intake/schema";

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
