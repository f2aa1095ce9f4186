import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The app's secret: made once, readable by its owner only. */
export function readOrMakeSecret(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx" });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
  return readFileSync(file, "utf8").trim();
}

/** With a fixed key the ids of server actions stay the same over builds, so a form left open survives a deployment. */
export function toActionsKey(secret: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "", "server actions", 32)).toString("base64");
}
