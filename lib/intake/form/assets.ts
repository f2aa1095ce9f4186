import "server-only";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "components/public-form";
const read = new Map<string, string>();

/** A source file of the public form's part in the browser, which is sent as it is and not built. */
export function readAsset(name: string): string {
  const known = read.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(/* turbopackIgnore: true */ join(process.cwd(), FOLDER, name), "utf8");
  read.set(name, text);
  return text;
}
