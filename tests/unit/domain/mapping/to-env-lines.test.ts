import { expect, test } from "vitest";
import { toEnvLines } from "@/lib/domain/mapping/to-env-lines";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { parseEnv } from "@/lib/env";
import { aField, aMapping } from "@/tests/support/catalogues";

const SOUND = { NEXTAUTH_SECRET: "x".repeat(32), NEXTAUTH_URL: "http://127.0.0.1:3000" };

test("the lines of a mapping are settings that the app takes, the reference among them", () => {
  const reference = toTarget(aField({ id: 1711084, name: "Lead Desk ID" }));

  const lines = toEnvLines(aMapping({ reference }), "intermigro").split("\n");

  expect(lines).toContain("KOMMO_REFERENCE_FIELD_ID=1711084");
  const settings = lines.filter((line) => !line.startsWith("#")).map((line) => line.split("="));
  expect(parseEnv({ ...SOUND, ...Object.fromEntries(settings) }).kommo.fieldIds).toMatchObject({
    phone: 467700,
    reference: 1711084,
  });
});

test("a mapping without a reference leaves its line empty", () => {
  expect(toEnvLines(aMapping(), "intermigro")).toContain("# KOMMO_REFERENCE_FIELD_ID=");
});
