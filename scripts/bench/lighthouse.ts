import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "../chromium.mjs";

// Fetched when the benchmark runs: it is large, and nothing else needs it.
const LIGHTHOUSE = "lighthouse@12.8.2";

type Scores = { performance: number; accessibility: number };

/** Scores out of 100 of the page on a desktop computer, signed in as the first admin. */
export async function scorePage(url: string, cookie: string): Promise<Scores> {
  const report = join(mkdtempSync(join(tmpdir(), "lead-desk-lighthouse-")), "report.json");
  const { status } = spawnSync(
    "npx",
    [
      "--yes",
      LIGHTHOUSE,
      url,
      "--quiet",
      "--preset=desktop",
      "--only-categories=performance,accessibility",
      `--extra-headers=${JSON.stringify({ Cookie: cookie })}`,
      "--chrome-flags=--headless=new --no-sandbox --disable-quic --no-first-run",
      "--output=json",
      `--output-path=${report}`,
    ],
    { env: { ...process.env, CHROME_PATH: await findChromium() }, stdio: ["ignore", "ignore", "inherit"] },
  );
  if (status !== 0) throw new Error(`${LIGHTHOUSE} did not run: it needs the npm registry`);
  const { categories } = JSON.parse(readFileSync(report, "utf8"));
  return {
    performance: categories.performance.score * 100,
    accessibility: categories.accessibility.score * 100,
  };
}
