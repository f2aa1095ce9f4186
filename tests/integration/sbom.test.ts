import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import packageJson from "@/package.json" with { type: "json" };

test("npm run sbom lists what a running desk consists of, with versions, and nothing that only tests need", () => {
  const bill = JSON.parse(execFileSync("npm", ["run", "-s", "sbom"], { encoding: "utf8" }));

  const versions = new Map(
    bill.components.map(({ group, name, version }: Record<string, string>) => [
      group ? `${group}/${name}` : name,
      version,
    ]),
  );
  expect(bill.bomFormat).toBe("CycloneDX");
  // Types are gone once the app is built, and npm leaves some of them out.
  const running = Object.entries(packageJson.dependencies).filter(([name]) => !name.startsWith("@types/"));
  for (const [name, version] of running) {
    expect(versions.get(name), name).toBe(version);
  }
  for (const name of Object.keys(packageJson.devDependencies)) expect(versions.has(name), name).toBe(false);
});
