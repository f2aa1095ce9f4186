import { describe, expect, test } from "vitest";
import { toDataFolder, toDefaultUrl } from "@/scripts/load-settings";

describe("what the desk writes lies", () => {
  test.each([
    ["in .data, without a setting", undefined, ".data"],
    ["in .data, beside PostgreSQL", "postgres://desk@127.0.0.1/desk", ".data"],
    ["in .data, for a file without a folder", "file:desk.db", ".data"],
    ["beside the file that the setting names", "file:/srv/desk/desk.db", "/srv/desk"],
  ])("%s", (_, url, folder) => {
    expect(toDataFolder({ NODE_ENV: "test", DATABASE_URL: url })).toBe(folder);
  });
});

test.each([
  [{}, "http://127.0.0.1:3000"],
  [{ HOST: "10.0.0.5", PORT: "8080" }, "http://10.0.0.5:8080"],
  [{ HOST: "0.0.0.0" }, "http://localhost:3000"],
  [{ HOST: "::" }, "http://localhost:3000"],
  [{ HOST: "::1" }, "http://[::1]:3000"],
])("with %o people open %s", (settings, url) => {
  expect(toDefaultUrl({ NODE_ENV: "test", ...settings })).toBe(url);
});
