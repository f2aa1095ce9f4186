import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the tests of a run write for a while lies in one folder, which goes with the run. */
export default function makeRunFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "desk-run-"));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
