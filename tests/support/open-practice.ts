import { type Practice, type PracticeOptions, startPractice } from "@/practice/server";
import { stubSettings } from "./settings";

let port = 0;

/**
 * A fresh account at the one address of this test file, and the settings that lead to it: lib/env.ts reads them once, so
 * the address must not change. Undo them with `vi.unstubAllEnvs()`.
 */
export async function openPractice(options: PracticeOptions = {}): Promise<Practice> {
  const practice = await startPractice({ requestsPerSecond: 0, ...options, port });
  port = Number(new URL(practice.url).port);
  stubSettings(practice.url, practice.token);
  return practice;
}
